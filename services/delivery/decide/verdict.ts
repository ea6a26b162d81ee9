import type { Outcome, Parked } from '../outcome.js';
import { backoffMs, fewestAttempts, patienceMs } from './backoff.js';
import type { Trouble } from './trouble.js';

/** Attempts that an error nobody classified gets before somebody has to look at it. */
export const unknownAttempts = 4;

/** What is known about the attempts so far, this one included. */
export interface History {
  /** From 1. */
  readonly attempt: number;
  /** Code of the attempt before; null at the first. */
  readonly formerCode: string | null;
  /** Since the first failure; 0 at the first. */
  readonly failingForMs: number;
  /** Until a question expires; null for what never does. */
  readonly remainingMs: number | null;
}

/** What becomes of a message whose attempt failed. `chance` (0 to 1) spreads the waits. */
export const verdictOn = (trouble: Trouble, history: History, chance: number): Outcome => {
  const { verdict, code, detail } = trouble;
  if (verdict === 'pause') return { kind: 'held', code, detail, pauses: true };
  if (verdict === 'reject') return park('rejected', code, trouble);
  if (verdict === 'unknown' && unknownTooOften(history))
    return park('parked', 'unclassified', trouble);
  if (exhausted(history)) return park('parked', 'exhausted', trouble);
  const waitMs = backoffMs(history.attempt, chance, trouble.retryAfterMs);
  if (history.remainingMs !== null && waitMs >= history.remainingMs)
    return { kind: 'expired', detail: `No time is left for another attempt: ${detail}` };
  const { mayHaveActed, taken } = trouble;
  return { kind: 'retry', code, detail, waitMs, mayHaveActed, taken };
};

const park = (kind: Parked['kind'], code: string, trouble: Trouble): Parked => ({
  kind,
  code,
  detail: trouble.detail,
  mayHaveActed: trouble.mayHaveActed,
});

const exhausted = ({ attempt, failingForMs }: History): boolean =>
  failingForMs >= patienceMs && attempt >= fewestAttempts;

const unknownTooOften = ({ attempt, formerCode }: History): boolean =>
  attempt >= unknownAttempts && formerCode === 'unclassified';
