/** Who can put it right: time (`retry`), the sender (`reject`) or the operator (`pause`). */
export type Verdict = 'retry' | 'reject' | 'pause';

/** The closed list of codes behind the door; the reference page is generated from it. */
export const failureCodes = {
  retry: ['unavailable', 'timeout', 'rate-limited', 'locked', 'in-progress'],
  reject: [
    'invalid',
    'unknown-value',
    'not-found',
    'conflict',
    'duplicate',
    'unsupported',
    'too-large',
  ],
  pause: ['unauthorized', 'forbidden', 'certificate', 'redirected', 'misconfigured', 'gone'],
} as const satisfies Record<Verdict, readonly string[]>;

export type FailureCode = (typeof failureCodes)[Verdict][number];

export interface FailureDetails {
  readonly code: FailureCode;
  /** RFC 6901, from the envelope: where in the message the reason lies. */
  readonly pointer?: string;
  /** What the other side asked us to wait; only with `retry`. */
  readonly retryAfterMs?: number;
  /**
   * The other side has taken the request and works on it: what the next attempt needs to ask how it went, without personal
   * data. Only with `retry`.
   */
  readonly taken?: string;
  /** Code that the other side gave its error, for a connector that decides by it. */
  readonly externalCode?: string;
  readonly cause?: unknown;
}

/**
 * The one error a connector throws on purpose. Its message names action, object and outcome in words
 * that the reader of the console can act on, and never holds personal data.
 */
export class Failure extends Error {
  readonly verdict: Verdict;
  readonly code: FailureCode;
  readonly pointer: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly taken: string | undefined;
  readonly externalCode: string | undefined;

  constructor(verdict: Verdict, message: string, details: FailureDetails) {
    super(message, { cause: details.cause });
    this.name = 'Failure';
    this.verdict = verdict;
    this.code = details.code;
    this.pointer = details.pointer;
    this.retryAfterMs = details.retryAfterMs;
    this.taken = details.taken;
    this.externalCode = details.externalCode;
  }
}
