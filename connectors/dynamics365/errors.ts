import type { ErrorCodes, ErrorMeaning } from '#kit/definition.js';
import type { FailureCode, Verdict } from '#kit/failure.js';

const meaning = (verdict: Verdict, code: FailureCode, text: string): ErrorMeaning => ({
  verdict,
  code,
  meaning: text,
});

/** The version that a delta link counts from is forgotten: only a full read helps. */
export const expiredVersion = '0x80044352';

const codeOf = (body: unknown): string | null => {
  const error = (body as { error?: { code?: unknown } | null } | null)?.error;
  return typeof error?.code === 'string' ? error.code.toLowerCase() : null;
};

/** Dataverse, "Web service error codes" and "Service protection API limits". */
export const errors: ErrorCodes = {
  codeOf,
  table: {
    '0x80072322': meaning('retry', 'rate-limited', 'More requests than the limit in 5 minutes.'),
    '0x80072321': meaning(
      'retry',
      'rate-limited',
      'More execution time than the limit in 5 minutes.',
    ),
    '0x80072326': meaning('retry', 'rate-limited', 'More requests at once than the limit.'),
    '0x80060882': meaning('retry', 'locked', 'Somebody changed the row since it was read.'),
    '0x80040217': meaning('reject', 'not-found', 'The row does not exist.'),
    '0x80040237': meaning('retry', 'locked', 'A row with this key was made a moment ago.'),
    '0x80060892': meaning(
      'retry',
      'locked',
      'A row with this alternate key was made a moment ago.',
    ),
    '0x80040333': meaning('reject', 'duplicate', 'A duplicate detection rule refuses the row.'),
    '0x80040220': meaning('pause', 'forbidden', 'The application user lacks a privilege.'),
    '0x80048306': meaning('pause', 'forbidden', 'The application user has no access to the row.'),
    '0x80060888': meaning(
      'pause',
      'misconfigured',
      'An address names a table, column or key that does not exist.',
    ),
    '0x80044331': meaning('reject', 'too-large', 'A text is longer than its column.'),
    '0x80043e09': meaning(
      'reject',
      'unsupported',
      'A file of a kind that is blocked, or too large.',
    ),
    '0x80048408': meaning('reject', 'conflict', 'The status reason does not belong to the state.'),
    [expiredVersion]: meaning(
      'retry',
      'unavailable',
      'The delta link has expired; all is read again.',
    ),
  },
};
