import type { Json } from '#kit/message.js';
import type { Page, PollContext, SourceItemContext, SourceResult } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import { childOf, childrenOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { given, xml } from '#kit/soap/template.js';
import type { PersoonGewijzigd } from '#oslo/generated/persoon.js';
import { persoonContext, persoonGewijzigd } from '#oslo/persoon/types.js';
import type { Magda } from './client.js';
import {
  dienstNaam,
  geefMutatiesNotificaties,
  geefPersoonMutatiesNotificaties,
} from './diensten.js';
import type { Dienst } from './diensten.js';
import { algemeneMutatie, persoonMutatie } from './mutatie.js';
import type { Mutatie } from './mutatie.js';
import type { MagdaSettings } from './settings.js';

/** One notification of the queue. */
interface Gelezen {
  /** The same whenever the queue gives this notification. */
  readonly id: string;
  /** Pseudonym of the person, and of his number before. */
  readonly persoon: string;
  readonly vroeger: string | null;
  /** IRI for a person of whom the bus knows none. */
  readonly iri: string;
  readonly tijdstip: string;
  readonly mutatie: Mutatie;
}

/** Null where MAGDA gave an exception in its place: nobody knows what changed. */
export type MutatieItem = Gelezen | null;

/** Throws where there is nothing to read: the bus tells its operator, and goes on with the next. */
export const gelezen = (item: MutatieItem): Gelezen => {
  if (item) return item;
  throw new Error('MAGDA gave an exception in the place of a change');
};

const queueEmpty = '30016';
const receiptUnknown = '30014';

const says = (failure: unknown, code: string): boolean =>
  failure instanceof Failure && failure.externalCode === code;

const receiptIn = (cursor: Json): string | null =>
  typeof cursor === 'object' &&
  cursor !== null &&
  'ontvangstreferte' in cursor &&
  typeof cursor['ontvangstreferte'] === 'string'
    ? cursor['ontvangstreferte']
    : null;

interface Queue {
  readonly dienst: Dienst;
  readonly mutatieIn: (inhoud: XmlElement | undefined) => Mutatie | null;
}

const queues: Readonly<Record<Exclude<MagdaSettings['mutaties'], 'none'>, Queue>> = {
  GeefPersoonMutatiesNotificaties: {
    dienst: geefPersoonMutatiesNotificaties,
    mutatieIn: persoonMutatie,
  },
  GeefMutatiesNotificaties: { dienst: geefMutatiesNotificaties, mutatieIn: algemeneMutatie },
};

const itemOf = (
  { tenant, pseudonym }: Magda,
  mutatie: Mutatie,
  { referte, now }: { readonly referte: string; readonly now: Date },
): Gelezen => {
  const { insz, vroeger, wijzigingen } = mutatie;
  const persoon = pseudonym(insz);
  return {
    // The reference alone may be that of a whole delivery of the register.
    id: pseudonym(JSON.stringify([referte, insz, vroeger ?? null, wijzigingen])),
    persoon,
    vroeger: vroeger === undefined ? null : pseudonym(vroeger),
    iri: `urn:lb:${tenant}:persoon:${persoon}`,
    tijdstip: mutatie.tijdstip ?? now.toISOString(),
    mutatie,
  };
};

/** What the queue has ready; `receipt` says that what came with it has arrived. */
const ask = async (
  magda: Magda,
  { dienst, mutatieIn }: Queue,
  receipt: string | null,
  { signal, now, reference }: PollContext<MagdaSettings>,
): Promise<Page<MutatieItem>> => {
  const { identificatie, hoedanigheid } = magda.settings;
  const { markup } = xml`
    <Identificatie>${identificatie}</Identificatie>
    <Hoedanigheid>${hoedanigheid}</Hoedanigheid>
    ${given(receipt, (one) => xml`<Ontvangstreferte>${one}</Ontvangstreferte>`)}`;
  const vraag = { afzender: { identificatie, hoedanigheid }, inhoud: markup };
  const asking = { referte: reference ?? crypto.randomUUID(), signal };
  const { inhoud } = await magda.ask(dienst, vraag, asking);
  const onderwerpen = childrenOf(childOf(inhoud, 'Onderwerpen'), 'Onderwerp');
  const items = onderwerpen.flatMap((one): MutatieItem[] => {
    const told = childOf(one, 'Inhoud');
    if (!told) return [null];
    const mutatie = mutatieIn(told);
    return mutatie ? [itemOf(magda, mutatie, { referte: textOf(one, 'Referte') ?? '', now })] : [];
  });
  const next = textOf(inhoud, 'Ontvangstreferte');
  return {
    items,
    cursor: next === undefined ? null : { ontvangstreferte: next },
    more: next !== undefined,
  };
};

const nothing: Page<never> = { items: [], cursor: null, more: false };

const orNothing = async (asking: Promise<Page<MutatieItem>>): Promise<Page<MutatieItem>> => {
  try {
    return await asking;
  } catch (failure) {
    if (says(failure, queueEmpty)) return nothing;
    throw failure;
  }
};

/**
 * One delivery of the queue; the receipt of the one before, which is what `cursor` holds, lets MAGDA forget that one. A
 * receipt that MAGDA does not know any more (we died after giving it) is left out: then it gives what it has not been told of.
 */
export const readMutaties = async (
  magda: Magda,
  cursor: Json,
  context: PollContext<MagdaSettings>,
): Promise<Page<MutatieItem>> => {
  const { mutaties } = magda.settings;
  if (mutaties === 'none') return { ...nothing, cursor };
  const receipt = receiptIn(cursor);
  try {
    return await orNothing(ask(magda, queues[mutaties], receipt, context));
  } catch (failure) {
    if (receipt === null || !says(failure, receiptUnknown)) throw failure;
    // Not at once for more: who is told twice that a receipt is unknown would ask without end.
    return { ...(await orNothing(ask(magda, queues[mutaties], null, context))), more: false };
  }
};

/** So many notifications of one person are recognised when they come again. */
const mostSeen = 50;

const seenIn = (state: Json | undefined): string[] =>
  Array.isArray(state) ? state.filter((one): one is string => typeof one === 'string') : [];

const nummer = (identificator: string) => ({ '@type': 'Identificator' as const, identificator });

/** That something of the person changed. Notifications come in the order of the register; one that was seen before is no news. */
export const fromMutatie = (
  item: MutatieItem,
  { subject, state }: SourceItemContext<MagdaSettings>,
): SourceResult => {
  const { id, iri, tijdstip, mutatie } = gelezen(item);
  const seen = seenIn(state);
  if (seen.includes(id)) return { message: null, state: seen };
  const data: PersoonGewijzigd = {
    '@context': persoonContext,
    '@id': subject ?? iri,
    '@type': 'GeregistreerdPersoon',
    registratie: nummer(mutatie.insz),
    ...(mutatie.vroeger !== undefined && { vroegereRegistratie: nummer(mutatie.vroeger) }),
    ...(mutatie.wijzigingen.length > 0 && { heeftWijziging: [...mutatie.wijzigingen] }),
  };
  return {
    message: { type: persoonGewijzigd.type, id: `mutatie-${id}`, time: tijdstip, data },
    state: [...seen, id].slice(-mostSeen),
  };
};

/** Numbers of those of whom a delivery of the queue tells, for the register of questions. */
export const inszIn = (items: readonly MutatieItem[]): string[] =>
  items.flatMap((item) => (item ? [item.mutatie.insz] : []));

/** What the register of questions says of a look at the queue. */
export const mutatiesEntry = ({ mutaties, hoedanigheid }: MagdaSettings) =>
  mutaties === 'none'
    ? null
    : { service: dienstNaam(queues[mutaties].dienst), capacity: hoedanigheid };
