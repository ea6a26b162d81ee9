import type { Message } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import type { Markup } from '#kit/soap/template.js';
import type { Vraag } from './envelope.js';
import type { MagdaSettings } from './settings.js';

/** Extension attribute by which an application states which official asks: an id of its own, never his number. */
const officialAttribute = 'gebruiker';

const numbersOf = (lines: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (lines ?? '').split('\n').flatMap((line) => {
      const [, id, number] = /^\s*(.+?)\s*=\s*(\d{11})\s*$/.exec(line) ?? [];
      return id !== undefined && number !== undefined ? [[id, number] as const] : [];
    }),
  );

/** National number of the official whom the message names; undefined where MAGDA is not told about officials. */
const gebruikerOf = ({ event }: Message, settings: MagdaSettings): string | undefined => {
  const id = event[officialAttribute];
  if (settings.gebruikers === undefined || typeof id !== 'string') return undefined;
  const number = numbersOf(settings.gebruikers).get(id.trim());
  if (number !== undefined) return number;
  throw new Failure('reject', 'MAGDA is told who asks, and the settings know no such official', {
    code: 'unknown-value',
    pointer: `/${officialAttribute}`,
  });
};

/** A question in the capacity that belongs to the processing activity of the message. */
export const vraagOf = (message: Message, settings: MagdaSettings, inhoud: Markup): Vraag => {
  const { identificatie, organisatieEenheid, annotateVerwerking } = settings;
  const { verwerking } = message.event;
  const activity = typeof verwerking === 'string' ? verwerking : undefined;
  const own = new Map(Object.entries(settings.hoedanigheden)).get(activity ?? '');
  const gebruiker = gebruikerOf(message, settings);
  return {
    afzender: {
      identificatie,
      hoedanigheid: own ?? settings.hoedanigheid,
      ...(organisatieEenheid !== undefined && { organisatieEenheid }),
      ...(gebruiker !== undefined && { gebruiker }),
    },
    ...(annotateVerwerking && activity !== undefined && { verwerking: activity }),
    inhoud: inhoud.markup,
  };
};
