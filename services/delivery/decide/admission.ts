import type { Outcome } from '../outcome.js';

/** A message in hand whose process died this often in a row is not given another. */
export const fatalCrashes = 3;

/** What PostgreSQL knows about a message at its target, read under the lock of its lane. */
export interface Facts {
  /** Digest under which this message id is known at the target; null where it is new. */
  readonly knownDigest: string | null;
  /** It came from the queue while it already waits, is held or parked as a row. */
  readonly rowed: boolean;
  /** Another message of its subject stands before it. */
  readonly lane: boolean;
  /** The tables were brought back from a backup after the message was made: it may have acted without a word of it here. */
  readonly restored: boolean;
  readonly hold: { readonly code: string; readonly detail: string } | null;
  readonly effect: EffectFacts | null;
}

export interface EffectFacts {
  readonly state: 'started' | 'done' | 'failed' | 'discarded';
  /** How long whoever started it may still be at it; 0 where the time is over, null where that was settled. */
  readonly busyMs: number | null;
  readonly crashes: number;
}

/** What the process itself knows at that moment. */
export interface Moment {
  readonly digest: string;
  readonly expired: boolean;
  /** Until the circuit of the line lets a message through; null where it does now. */
  readonly circuitMs: number | null;
  /** No other suspect is in hand in this process. */
  readonly alone: boolean;
}

/** May be tried now. */
export interface Go {
  readonly kind: 'go';
  readonly redelivered: boolean;
  readonly crashes: number;
}

/**
 * It was in hand when a process died, and when the next one died. It may be tried as the only one of its like, so that
 * whoever was only beside it does not die a third time with it.
 */
export interface Suspect {
  readonly kind: 'suspect';
}

/** `known` and `repeat`: nothing is to be done but to tell again what may not have been told. */
export type Admission =
  | Go
  | Suspect
  | { readonly kind: 'known' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'conflict' }
  | Extract<Outcome, { kind: 'queued' | 'held' | 'parked' | 'rejected' | 'expired' }>;

/** Decides whether a message may be tried now, and what becomes of it where it may not. First reason counts. */
export const admissionOf = (facts: Facts, moment: Moment): Admission =>
  known(facts, moment) ?? blocked(facts, moment) ?? started(facts, moment);

const known = ({ knownDigest, rowed, effect }: Facts, { digest }: Moment): Admission | null => {
  if (knownDigest !== null && knownDigest !== digest) return { kind: 'conflict' };
  if (rowed) return { kind: 'known' };
  return effect?.state === 'done' || effect?.state === 'discarded' ? { kind: 'repeat' } : null;
};

const blocked = ({ hold, lane }: Facts, { expired, circuitMs }: Moment): Admission | null => {
  if (expired) return { kind: 'expired', detail: 'The question was not answered in time' };
  if (hold) return { kind: 'held', ...hold, pauses: false };
  if (lane) return queued('Stands behind an earlier message about the same subject', 0);
  if (circuitMs !== null)
    return queued('The system does not answer; one message at a time finds out', circuitMs);
  return null;
};

const started = ({ effect, restored }: Facts, { alone }: Moment): Admission => {
  if (!effect || effect.state === 'failed')
    return { kind: 'go', redelivered: restored, crashes: 0 };
  if (effect.busyMs === null) return { kind: 'go', redelivered: true, crashes: 0 };
  if (effect.busyMs > 0)
    return queued('An earlier attempt has not ended, or has not been heard of', effect.busyMs);
  const crashes = effect.crashes + 1;
  if (crashes >= fatalCrashes) return poison;
  return crashes > 1 && !alone ? { kind: 'suspect' } : { kind: 'go', redelivered: true, crashes };
};

const poison: Admission = {
  kind: 'parked',
  code: 'poison',
  detail: `The process that had this message in hand died ${fatalCrashes} times in a row`,
  mayHaveActed: true,
};

const queued = (detail: string, waitMs: number): Admission => ({ kind: 'queued', detail, waitMs });
