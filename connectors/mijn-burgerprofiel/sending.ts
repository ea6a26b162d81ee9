import type { Json, Kept, Reference, SendContext } from '#kit/definition.js';
import { isLater, toldIn } from '#kit/status-order.js';
import type { TimedStatus } from '#kit/status-order.js';
import type { Burgerprofiel } from './client.js';
import type { Facts, Push } from './dossier.js';
import { remove, upsert } from './dosis.js';
import { notify } from './notifying.js';

/** What became of a message. */
export interface Pushed {
  /** Whose dossier it is; null where the bus does not know. */
  readonly facts: Facts | null;
  readonly did: 'pushed' | 'removed' | 'nothing-as-nobody' | 'nothing-as-late';
}

/** Written by `keptOf` below, for the same dossier. */
const factsIn = (kept: Json | undefined): Facts | null =>
  typeof kept === 'object' && kept !== null ? (kept as unknown as Facts) : null;

/** A new melding says itself whose it is; of later messages an application may know less than what was kept. */
const factsFor = ({ order, facts }: Push, { kept }: SendContext): Facts | null =>
  order === 'first' ? (facts ?? factsIn(kept)) : (factsIn(kept) ?? facts);

/** Statuses that a melding has before a system that handles it has registered it. */
const submitted = ['Ingediend', 'Heringediend'];

/** A dossier has one owner that tells its statuses; a melding has several systems that do. */
const isLate = ({ order, told }: Push, before: TimedStatus | null): boolean => {
  if (before === null || order === 'first') return false;
  if (order === 'dossier') return Date.parse(told.since) < Date.parse(before.since);
  if (order === 'registration' && !submitted.includes(before.label ?? '')) return true;
  return !isLater(told, before);
};

const bring = async (
  { dosis, notificaties }: Burgerprofiel,
  { request, facts }: { readonly request: Push; readonly facts: Facts },
  context: SendContext,
): Promise<void> => {
  const dossier = { ...facts, ...request.news };
  if (dosis) await (request.removes ? remove : upsert)(dosis, dossier, context);
  if (notificaties && request.notifies) await notify(notificaties, dossier, context);
};

/** Brings the status of a dossier to DOSIS, and notifies those who may see it where the tenant wants that. */
export const push = async (
  client: Burgerprofiel,
  request: Push,
  context: SendContext,
): Promise<Pushed> => {
  const facts = factsFor(request, context);
  if (!facts || facts.Agenten.length === 0) return { facts: null, did: 'nothing-as-nobody' };
  if (isLate(request, toldIn(context.state))) return { facts, did: 'nothing-as-late' };
  await bring(client, { request, facts }, context);
  return { facts, did: request.removes ? 'removed' : 'pushed' };
};

/** The dossier, and the status that it was last told: an older one that comes later is not. */
export const referenceOf = ({ facts, did }: Pushed, { told }: Push): Reference | null => {
  if (facts === null) return null;
  const { Bron, DossierNummer } = facts.Identificatie;
  const externalId = `${Bron} ${DossierNummer}`;
  if (did === 'nothing-as-late') return { externalId };
  return { externalId, state: { told: { label: told.label, since: told.since } } };
};

/** Whose melding it is: later statuses name nobody. */
export const keptOf = ({ facts }: Pushed, { keepDays }: Push): Kept | null =>
  facts === null || keepDays === null ? null : { value: facts as unknown as Json, days: keepDays };

const remarks: Readonly<Record<Pushed['did'], string | null>> = {
  pushed: null,
  removed: 'The dossier was removed from DOSIS',
  'nothing-as-nobody':
    'Nothing was pushed: the bus knows nobody by number whose melding it is. It was anonymous, was never routed to this system, or is longer ago than keepDays',
  'nothing-as-late': 'Nothing was pushed: the dossier stands at a later status already',
};

/** Where nothing was pushed, why. */
export const remarkOf = ({ did }: Pushed): string | null => remarks[did];
