import type { Derived, Message } from '#kit/message.js';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import { childOf, childrenOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { xml } from '#kit/soap/template.js';
import type { GezinOpvragen } from '#oslo/generated/persoon.js';
import { gezinOpgevraagd } from '#oslo/gezin/types.js';
import { isInsz } from '#oslo/numbers.js';
import { persoonContext } from '#oslo/persoon/types.js';
import type { Magda } from './client.js';
import { conceptOf } from './concepten.js';
import { geefGezinssamenstelling } from './diensten.js';
import { askInscribed } from './inschrijving.js';
import type { PersonQuestion } from './inschrijving.js';
import { filled, personInList } from './persoonsgegevens.js';
import type { MagdaSettings } from './settings.js';
import { vraagOf } from './vraag.js';

/** GeefGezinssamenstelling-02.02, CriteriaGeefGezinssamenstellingType: it takes no source. */
export const toGeefGezin = (
  message: Message<GezinOpvragen>,
  settings: MagdaSettings,
): PersonQuestion => {
  const insz = message.data.registratie.identificator;
  const inhoud = xml`<Criteria><INSZ>${insz}</INSZ></Criteria><Taal>nl</Taal>`;
  return { insz, vraag: vraagOf(message, settings, inhoud) };
};

/** The members of the family, whom MAGDA names first included. */
export const askGezin = async (
  magda: Magda,
  question: PersonQuestion,
  context: SendContext,
): Promise<XmlElement[]> => {
  const { inhoud } = await askInscribed(magda, geefGezinssamenstelling, question, context);
  const leden = childrenOf(childOf(inhoud, 'Gezinsleden'), 'Gezinslid').filter((one) =>
    isInsz(textOf(one, 'INSZ') ?? ''),
  );
  if (leden.length > 0) return leden;
  throw new Failure('reject', 'MAGDA knows no family of this person', { code: 'not-found' });
};

export const fromGezin = (
  leden: readonly XmlElement[],
  message: Message<GezinOpvragen>,
  { concepten }: MagdaSettings,
): Derived => {
  const gezinslid = leden.map((one) => ({
    ...personInList(one, concepten),
    ...filled({
      gezinsrelatietype: conceptOf(concepten, 'gezinspositie', textOf(one, 'Positie', 'Code')),
    }),
  }));
  const data = { '@context': persoonContext, '@type': 'Gezin', gezinslid };
  return {
    type: gezinOpgevraagd.type,
    id: `magda-${message.busId}`,
    time: message.time,
    data,
  };
};
