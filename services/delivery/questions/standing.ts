import { cancelled, expired, refused, type Ending } from './ending.js';
import type { KnownQuestion } from './store.js';

/** Given out again this often while it was asked, a question is not asked once more: it may be what ends the process. */
export const mostReturns = 3;

/** What is to be done with a question in hand. `tell`: it has ended; what may not have been told is told again. */
export type Standing =
  | { readonly kind: 'ask' }
  | { readonly kind: 'tell' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'end'; readonly ending: Ending };

type Facts = Pick<KnownQuestion, 'digest' | 'state' | 'returns' | 'hold_code' | 'hold_detail'>;

/** Decides from what PostgreSQL knows whether a question is asked now. First reason counts. */
export const standingOf = (
  known: Facts,
  question: { readonly digest: string; readonly remainingMs: number },
): Standing => {
  if (known.digest !== question.digest) return { kind: 'conflict' };
  if (known.state === 'answered' || known.state === 'expired') return { kind: 'tell' };
  const ending = endingOf(known, question.remainingMs);
  return ending ? { kind: 'end', ending } : { kind: 'ask' };
};

const endingOf = (
  { state, returns, hold_code, hold_detail }: Facts,
  remainingMs: number,
): Ending | null => {
  if (state === 'cancelled') return cancelled;
  if (remainingMs <= 0) return expired;
  if (returns >= mostReturns) return poison;
  return hold_code === null ? null : refused(hold_code, hold_detail ?? '');
};

const poison = refused(
  'poison',
  `The process that had this question in hand died ${mostReturns} times`,
);
