import type { Json } from '#kit/message.js';
import type { Kept, Reference, SendContext } from '#kit/operation.js';
import { isLater, toldIn } from '#kit/status-order.js';
import type { TimedStatus } from '#kit/status-order.js';
import type { Burgerprofiel } from './client.js';
import type { Facts, Push } from './dossier.js';
import { remove, upsert } from './dosis.js';
import { caughtUp } from './mapping.js';
import { notify } from './notifying.js';
import { withNumbersOfNow } from './number.js';

/** The status that a dossier stands at, how it came there, and when DOSIS has it changed. */
interface Standing {
  readonly told: TimedStatus;
  readonly order: Push['order'];
  readonly changed: string;
}

/** What became of a message. */
export interface Pushed {
  /** Whose dossier it is; null where the bus does not know. */
  readonly facts: Facts | null;
  readonly did: 'pushed' | 'removed' | 'nothing-as-nobody' | 'nothing-as-late';
  /** Where the dossier stands once it has had the message. */
  readonly standing: Standing;
  /** True where people may have been notified of it by an earlier attempt as well. */
  readonly notifiedAgain?: boolean;
}

/** Written by `keptOf` below, for the same dossier. */
const factsIn = (kept: Json | undefined): Facts | null =>
  typeof kept === 'object' && kept !== null ? (kept as unknown as Facts) : null;

/** A new melding says itself whose it is; of later messages an application may know less than what was kept. */
const factsFor = ({ order, facts }: Push, { kept }: SendContext): Facts | null =>
  order === 'first' ? (facts ?? factsIn(kept)) : (factsIn(kept) ?? facts);

/** Written by `referenceOf` below, for the same dossier. */
const standingIn = (state: Json | undefined): Standing | null => {
  const told = toldIn(state);
  if (told === null) return null;
  const { order = 'melding', changed = told.since } = state as unknown as Partial<Standing>;
  return { told, order, changed };
};

/**
 * A dossier has one owner that tells its statuses; a melding has several systems that do. Any status counts for more than
 * that a melding was submitted, or registered by a system: that is how those systems take it too.
 */
const isLate = ({ order, told }: Push, before: Standing | null): boolean => {
  if (before === null || order === 'first') return false;
  if (order === 'dossier') return Date.parse(told.since) < Date.parse(before.told.since);
  if (order === 'registration') return before.order !== 'first';
  return before.order === 'melding' && !isLater(told, before.told);
};

const bring = async (
  { dosis, notificaties }: Burgerprofiel,
  { request, facts }: { readonly request: Push; readonly facts: Facts },
  context: SendContext,
): Promise<boolean> => {
  const dossier = { ...facts, ...request.news };
  if (dosis) await (request.removes ? remove : upsert)(dosis, dossier, context);
  return notificaties !== null && request.notifies && notify(notificaties, dossier, context);
};

/** A new melding that comes after its statuses (it was set aside, or is read anew) stands at the last of them. */
const current = (request: Push, before: Standing | null, { settings }: Burgerprofiel): Push => {
  if (request.order !== 'first' || before === null) return request;
  const isBehind = before.order !== 'first' || isLater(before.told, request.told);
  if (!isBehind) return request;
  const now = caughtUp(request, before.told, settings);
  return {
    ...now,
    order: before.order,
    news: { ...now.news, WijzigingsDatum: before.changed },
  };
};

/** DOSIS takes no change that is older than the one before, also where what we are told now counts for more. */
const changedAfter = (request: Push, before: Standing | null): Push => {
  const { news } = request;
  const changedMs = Date.parse(before?.changed ?? '');
  if (!(Date.parse(news.WijzigingsDatum) < changedMs)) return request;
  return { ...request, news: { ...news, WijzigingsDatum: new Date(changedMs + 1).toISOString() } };
};

const standingAfter = ({ told: { label, since }, order, news }: Push): Standing => ({
  told: { label, since },
  order,
  changed: news.WijzigingsDatum,
});

/** Brings the status of a dossier to DOSIS, and notifies those who may see it where the tenant wants that. */
export const push = async (
  client: Burgerprofiel,
  request: Push,
  context: SendContext,
): Promise<Pushed> => {
  const known = factsFor(request, context);
  const facts = known && (await withNumbersOfNow(client, known));
  const before = standingIn(context.state);
  if (isLate(request, before))
    return { facts, did: 'nothing-as-late', standing: standingAfter(request) };
  if (!facts || facts.Agenten.length === 0)
    return { facts: null, did: 'nothing-as-nobody', standing: standingAfter(request) };
  const now = changedAfter(current(request, before, client), before);
  const notifiedAgain = await bring(client, { request: now, facts }, context);
  const did = now.removes ? 'removed' : 'pushed';
  return { facts, did, standing: standingAfter(now), notifiedAgain };
};

const idOf = ({ facts }: Pushed, { unnamed }: Push): string | null =>
  facts ? `${facts.Identificatie.Bron} ${facts.Identificatie.DossierNummer}` : unnamed;

/** The dossier, and the status that it stands at: an older one that comes later is not told. */
export const referenceOf = (pushed: Pushed, request: Push): Reference | null => {
  const externalId = idOf(pushed, request);
  if (externalId === null) return null;
  if (pushed.did === 'nothing-as-late') return { externalId };
  return { externalId, state: pushed.standing as unknown as Json };
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

const notifiedAgainRemark =
  'An earlier attempt was lost: people may have been notified of this twice';

/** Where nothing was pushed, why; and where people may have been notified twice, that. */
export const remarkOf = ({ did, notifiedAgain = false }: Pushed): string | null => {
  const said = [remarks[did], notifiedAgain ? notifiedAgainRemark : null];
  return said.filter((one) => one !== null).join('. ') || null;
};
