import type { Message } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import { labelOf } from '#kit/melding-status.js';
import { isRegistration, statusIn } from '#kit/status-order.js';
import type { TimedStatus } from '#kit/status-order.js';
import { cutOnWord, wordsOf } from '#kit/text.js';
import type { DossierStatusGewijzigd } from '#oslo/generated/dossier.js';
import type {
  MeldingIngediend,
  Meldingstatus,
  MeldingStatusGewijzigd,
} from '#oslo/generated/melding.js';
import type { Beheerder, News, Push } from './dossier.js';
import { factsOfDossier, factsOfMelding, unnamedDossier } from './facts.js';
import type { BurgerprofielSettings, DosisSettings } from './settings.js';

/** No length is published: what fits a screen of a telephone. */
const detailLength = 500;

const detailOf = (text: string): { Detail1?: string } => {
  const detail = cutOnWord(text, detailLength);
  return detail === '' ? {} : { Detail1: detail };
};

const beheerderIn = ({ beheerder }: DosisSettings): { DossierBeheerder?: Beheerder } => {
  if (!beheerder) return {};
  const { naam, dienst, telefoon, email, website } = beheerder;
  return {
    DossierBeheerder: {
      Naam: naam,
      ...(dienst !== undefined && { Dienst: dienst }),
      ...(telefoon !== undefined && { Telefoon: telefoon }),
      ...(email !== undefined && { Email: email }),
      ...(website !== undefined && { Website: website }),
    },
  };
};

const defaultType = 'DossierStatus';
const typeOf = ({ dosis }: BurgerprofielSettings): Pick<News, 'TypeDossierCode'> => ({
  TypeDossierCode: dosis?.typeDossierCode ?? defaultType,
});

const statusOf = (
  label: string,
  { statuses }: BurgerprofielSettings,
): { readonly code: string; readonly fase: string } => {
  const known = Object.hasOwn(statuses, label) ? statuses[label] : undefined;
  if (known) return known;
  throw new Failure('reject', `The setting statuses does not say what "${label}" is in DOSIS`, {
    code: 'unknown-value',
    pointer: '/data/heeftStatus',
  });
};

const newsOfMelding = (
  { label, since }: TimedStatus,
  text: string,
  settings: BurgerprofielSettings,
): News => {
  const { code, fase } = statusOf(label ?? '', settings);
  return {
    ...typeOf(settings),
    WijzigingsDatum: since,
    Status: {
      VlaamsCode: code,
      VlaamsFase: fase,
      ...detailOf(text || (label ?? '')),
      Actie: { ActieNodig: false, Actie: null },
    },
    ...(settings.dosis && beheerderIn(settings.dosis)),
  };
};

const hasLabel = (labels: readonly string[] | undefined, { label }: TimedStatus): boolean =>
  label !== null && labels?.includes(label) === true;

type PartsOfMelding = Pick<Push, 'facts' | 'unnamed' | 'told' | 'order'> & {
  readonly text: string;
};

const pushOfMelding = (
  { facts, unnamed, told, order, text }: PartsOfMelding,
  settings: BurgerprofielSettings,
): Push => ({
  facts,
  unnamed,
  news: newsOfMelding(told, text, settings),
  told,
  order,
  removes: hasLabel(settings.removeWhen, told),
  notifies: hasLabel(settings.notificaties?.meldingen, told),
  keepDays: settings.keepDays,
});

/** A new melding as it stands by now, where a later status came first. */
export const caughtUp = (request: Push, told: TimedStatus, settings: BurgerprofielSettings): Push =>
  pushOfMelding({ ...request, told, text: '' }, settings);

/** The last of the statuses that a new melding comes with. */
const lastOf = (statuses: readonly Meldingstatus[] | undefined): Meldingstatus | undefined =>
  (statuses ?? []).reduce<Meldingstatus | undefined>(
    (last, one) =>
      last && Date.parse(last.statusdatum) > Date.parse(one.statusdatum) ? last : one,
    undefined,
  );

const earlier = (one: string, other: string): string =>
  Date.parse(one) < Date.parse(other) ? one : other;

/** A new melding as the dossier of whoever submitted it. */
export const fromMelding = (
  message: Message<MeldingIngediend>,
  settings: BurgerprofielSettings,
): Push => {
  const status = lastOf(message.data.heeftStatus);
  const told = status
    ? {
        label: labelOf(status.statusType['@id']),
        since: earlier(message.time, status.statusdatum),
      }
    : { label: 'Ingediend', since: message.time };
  const text = wordsOf(status?.beschrijving);
  const facts = factsOfMelding(message, settings);
  const unnamed = unnamedDossier(message.subject, settings);
  return pushOfMelding({ facts, unnamed, told, order: 'first', text }, settings);
};

/** The new status of a melding as that of its dossier. */
export const fromStatus = (
  message: Message<MeldingStatusGewijzigd>,
  settings: BurgerprofielSettings,
): Push => {
  const text = wordsOf(message.data.heeftStatus[0].beschrijving);
  const facts = factsOfMelding(message, settings);
  const order = isRegistration(message) ? 'registration' : 'melding';
  const unnamed = unnamedDossier(message.subject, settings);
  return pushOfMelding({ facts, unnamed, told: statusIn(message), order, text }, settings);
};

const codeAt = (iri: string): string => iri.split(/[/#:]/).at(-1) ?? iri;

/** The new status of a dossier. */
export const fromDossier = (
  message: Message<DossierStatusGewijzigd>,
  settings: BurgerprofielSettings,
): Push => {
  const [status] = message.data.heeftStatus;
  const code = codeAt(status.statusVlaamsCode['@id']);
  const since = earlier(message.time, status.statusWijzigingsdatum);
  return {
    facts: factsOfDossier(message, settings),
    unnamed: null,
    news: {
      ...typeOf(settings),
      WijzigingsDatum: since,
      Status: {
        VlaamsCode: Object.hasOwn(settings.statusCodes, code)
          ? (settings.statusCodes[code] ?? code)
          : code,
        VlaamsFase: codeAt(status.statusVlaamsFase['@id']),
        ...detailOf(wordsOf(status.beschrijving)),
        Actie: { ActieNodig: status.actieNodig ?? false, Actie: status.actie ?? null },
      },
    },
    told: { label: null, since },
    order: 'dossier',
    removes: false,
    notifies: settings.notificaties?.dossiers ?? false,
    keepDays: null,
  };
};
