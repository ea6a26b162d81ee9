import type { MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import type { Json, Message } from './definition.js';
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

/** What a look at a case found of its status, beside what is remembered of it. */
export interface FoundStatus {
  readonly label: string | null;
  /** Label as it was remembered. */
  readonly before: string | null;
  /** When the case was last changed, whatever of it. */
  readonly modified: string;
  /** The status that was last told of it, by it or to it; null where it only has the one that it was registered with. */
  readonly told: TimedStatus | null;
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
const countedFrom = (modified: string, told: TimedStatus | null): string => {
  const afterMs = told === null ? -Infinity : Date.parse(told.since) + 1;
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
}: FoundStatus): TimedStatus | null =>
  label === before ? told : { label, since: countedFrom(modified, told) };

/** What becomes of a status that a case is told. */
export interface Reception {
  /** True where the case gets it; false where it came late, and the case already stands at a later one. */
  readonly given: boolean;
  /** What is to be remembered as told. */
  readonly told: TimedStatus | null;
}

/**
 * What is remembered where a case keeps a status that people gave it, which is not told yet: when it is, it counts from no
 * earlier than it was judged by here, also where another look saw an earlier moment.
 */
export const keptStatus = (found: FoundStatus): TimedStatus | null => {
  const standing = standingStatus(found);
  if (standing === null || found.label === found.before) return found.told;
  return { label: found.before, since: new Date(Date.parse(standing.since) - 1).toISOString() };
};

/** Whether a case that was found so gets the status. */
export const receive = (status: TimedStatus, found: FoundStatus): Reception => {
  const standing = standingStatus(found);
  if (standing === null || compare(status, standing) > 0) return { given: true, told: status };
  return { given: false, told: keptStatus(found) };
};

/** A remembered state as an object, whatever wrote it. */
export const objectOf = (state: Json | undefined): Readonly<Record<string, Json>> =>
  typeof state === 'object' && state !== null && !Array.isArray(state) ? state : {};

/** The status that a remembered state says was last told. */
export const toldIn = (state: Json | undefined): TimedStatus | null => {
  const { label, since } = objectOf(objectOf(state)['told']);
  if (typeof since !== 'string' || Number.isNaN(Date.parse(since))) return null;
  return { label: typeof label === 'string' ? label : null, since };
};
