import type { ProblemCode } from '../../problems/problem.ts';

/** Codes of problems for which the console has words of its own: those of the server, and two of the console. */
const worded: Readonly<Record<ProblemCode | 'away' | 'console', true>> = {
  unauthorized: true,
  forbidden: true,
  'not-configured': true,
  'bad-request': true,
  'not-found': true,
  gone: true,
  conflict: true,
  'precondition-failed': true,
  'precondition-required': true,
  invalid: true,
  unavailable: true,
  internal: true,
  away: true,
  console: true,
};

/** Key of the words that say what went wrong, in the reader's language; `other` where nothing is known. */
export const problemKey = (code: string): string => (Object.hasOwn(worded, code) ? code : 'other');
