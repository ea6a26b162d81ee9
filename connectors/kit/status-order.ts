import type { MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import type { Json, Message } from './message.js';
import { labelOf, registered, statusIri } from './melding-status.js';

/**
 * A status of a melding, with the moment that counts for it. Where several systems handle one melding the latest counts
 * in all of them, in whatever order they hear of it.
 */
export interface TimedStatus {
  /** Dutch label; null for a status of the system's own that has none. */
  readonly label: string | null;
  /** RFC 3339. */
  readonly since: string;
}

/** A status that all know of. */
export interface ToldStatus extends TimedStatus {
  /** What people make of it counts from no earlier than this: so it was judged before it was told. */
  readonly judged?: string;
}

/** What a look at a case found of its status, beside what is remembered of it. */
export interface FoundStatus {
  readonly label: string | null;
  /** Label as it was remembered. */
  readonly before: string | null;
  /** When the case was last changed, whatever of it. */
  readonly modified: string;
  /** The status that was last told of it, by it or to it; null where it only has the one that it was registered with. */
  readonly told: ToldStatus | null;
}

/** The status that a message tells, from the earlier of its two moments: one that lies ahead would outrank what people do until then. */
export const statusIn = ({ data, time }: Message<MeldingStatusGewijzigd>): TimedStatus => {
  const [{ statusType, statusdatum }] = data.heeftStatus;
  const since = Date.parse(time) < Date.parse(statusdatum) ? time : statusdatum;
  return { label: labelOf(statusType['@id']), since };
};

/** True where a system only answers that it has registered the melding: that sets no other system back. */
export const isRegistration = ({ data, event }: Message<MeldingStatusGewijzigd>): boolean =>
  typeof event['causationid'] === 'string' &&
  labelOf(data.heeftStatus[0].statusType['@id']) === registered;

/** Of two statuses of the same moment one has to count, and everywhere the same: the one whose IRI comes last. */
const compare = (one: TimedStatus, other: TimedStatus): number => {
  const laterMs = Date.parse(one.since) - Date.parse(other.since);
  if (laterMs !== 0) return laterMs;
  const [first, second] = [statusIri(one.label ?? ''), statusIri(other.label ?? '')];
  return first === second ? 0 : first < second ? -1 : 1;
};

/** People who changed a status knew the one before: their change counts from after it, whatever their clock says. */
const countedFrom = (modified: string, told: ToldStatus | null): string => {
  if (told === null) return modified;
  const afterMs = Math.max(Date.parse(told.since) + 1, Date.parse(told.judged ?? told.since));
  return Date.parse(modified) >= afterMs ? modified : new Date(afterMs).toISOString();
};

/**
 * The status that a case stands at: what was last told, or what people have made of it since. Null where nobody has
 * changed it since it was registered.
 */
export const standingStatus = ({
  label,
  before,
  modified,
  told,
}: FoundStatus): ToldStatus | null =>
  label === before ? told : { label, since: countedFrom(modified, told) };

/** What becomes of a status that a case is told; S is the status in the words of the system. */
export interface Reception<S> {
  /** True where the case is to get it. */
  readonly gives: boolean;
  /** The status of the system that the others take the case to have by now; null where that is what was remembered. */
  readonly left: S | null;
  /** What is to be remembered as told. */
  readonly told: ToldStatus | null;
  /** True where people have made a later status of it: a look that has told of that meanwhile knows better what is left. */
  readonly yields?: boolean;
}

/** What became of a message that tells no status, or one that the system does not get. */
export const unreceived: Reception<never> = { gives: false, left: null, told: null };

/** True where a status outranks the other; any status outranks none. */
export const isLater = (one: TimedStatus, other: TimedStatus | null): boolean =>
  other === null || compare(one, other) > 0;

/** The status that a message brings in the words of the system, and the one that the case was found in. */
export interface OwnWords<S> {
  readonly wanted: S;
  readonly found: S;
  /** Label of what is wanted: systems do not tell all statuses apart. */
  readonly wantedLabel: string | null;
}

/** What people made of the case is the same already where the system would not tell it from what is wanted. */
const isSame = (
  { label, before }: FoundStatus,
  status: TimedStatus,
  { wantedLabel }: OwnWords<unknown>,
): boolean =>
  label !== null && (label === status.label || (label !== before && label === wantedLabel));

/** What people gave the case and nobody was told yet is news against the latest status that the others have. */
const late = <S>(
  status: TimedStatus,
  { label, before, told }: FoundStatus,
  { wanted, standing: { since: judged } }: { wanted: S; standing: TimedStatus },
): Reception<S> => {
  // Nothing new is to be remembered: what a look has written meanwhile stays.
  if (label === before) return unreceived;
  if (isLater(status, told))
    return { gives: false, left: wanted, told: { ...status, judged }, yields: true };
  return { ...unreceived, told: told && { ...told, judged }, yields: true };
};

/** How a case that was found so takes the status: it gets it, has it already, or stands at a later one. */
export const receive = <S>(
  status: TimedStatus,
  found: FoundStatus,
  words: OwnWords<S>,
): Reception<S> => {
  const standing = standingStatus(found);
  if (isLater(status, found.told) && isSame(found, status, words))
    return { gives: false, left: words.found, told: status };
  if (isLater(status, standing)) return { gives: true, left: words.wanted, told: status };
  return standing === null ? unreceived : late(status, found, { wanted: words.wanted, standing });
};

/** How a case took the status that an earlier attempt brought; what it is otherwise, people have made of it since. */
export const received = <S>(
  status: TimedStatus,
  found: FoundStatus,
  words: OwnWords<S>,
): Reception<S> => {
  const reception = receive(status, found, words);
  return reception.gives ? { ...reception, gives: false } : reception;
};

/** A remembered state as an object, whatever wrote it. */
export const objectOf = (state: Json | undefined): Readonly<Record<string, Json>> =>
  typeof state === 'object' && state !== null && !Array.isArray(state) ? state : {};

const isMoment = (value: Json | undefined): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** The status that a remembered state says was last told. */
export const toldIn = (state: Json | undefined): ToldStatus | null => {
  const { label, since, judged } = objectOf(objectOf(state)['told']);
  if (!isMoment(since)) return null;
  const named = typeof label === 'string' ? label : null;
  return { label: named, since, ...(isMoment(judged) && { judged }) };
};
