import { Failure } from '#kit/failure.js';
import type { Verdict } from '#kit/failure.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';

/** What went wrong in an attempt, in the terms on which it is decided. `unknown`: nobody said who can put it right. */
export interface Trouble {
  readonly verdict: Verdict | 'unknown';
  readonly code: string;
  /** Words for the operator; no personal data. */
  readonly detail: string;
  readonly retryAfterMs: number | undefined;
  /** The other side has taken it and works on it: what the next attempt asks by. */
  readonly taken?: string | undefined;
  /** The other side may have acted all the same. */
  readonly mayHaveActed: boolean;
  /** PostgreSQL of the bus could not do it: that says nothing of the other side. */
  readonly ours: boolean;
}

/** Codes after which it is not known whether the request was carried out. */
const unknownEnd = new Set(['timeout', 'unavailable']);

/** Where an attempt was when it failed; only `send` can have been noticed by the other side. */
export interface Place {
  readonly stage: string;
  readonly connector: string;
  /** The attempt was cut off by our own deadline. */
  readonly late: boolean;
}

const longestDetail = 1_000;

/** On one line, without characters that PostgreSQL or a console cannot show. */
const plain = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').slice(0, longestDetail);

const withPointer = ({ message, pointer }: Failure): string =>
  plain(pointer === undefined ? message : `${message} (${pointer})`);

/**
 * Reads what was thrown. The text of an error that is not a `Failure` may quote a body, so only its name is told.
 */
export const troubleOf = (error: unknown, { stage, connector, late }: Place): Trouble => {
  const sending = stage === 'send';
  if (error instanceof Failure)
    return {
      verdict: error.verdict,
      code: error.code,
      detail: withPointer(error),
      retryAfterMs: error.retryAfterMs,
      taken: sending ? error.taken : undefined,
      mayHaveActed: sending && (unknownEnd.has(error.code) || error.taken !== undefined),
      ours: error.cause instanceof DatabaseUnavailable,
    };
  if (late)
    return {
      verdict: 'retry',
      code: 'timeout',
      detail: `${stage === 'register' ? 'The bus' : connector} did not end "${stage}" within the time a delivery may take`,
      retryAfterMs: undefined,
      mayHaveActed: sending,
      ours: stage === 'register',
    };
  return {
    verdict: 'unknown',
    code: 'unclassified',
    detail: `${connector} failed in "${stage}" with ${nameOf(error)}, which no connector should throw`,
    retryAfterMs: undefined,
    mayHaveActed: sending,
    ours: false,
  };
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Where it was thrown, without its text: what a developer needs and may be logged. */
export const framesOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 8)
        .map((line) => line.trim())
    : [];
