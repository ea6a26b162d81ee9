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

const end = (ending: Ending): Standing => ({ kind: 'end', ending });

/** Decides from what PostgreSQL knows whether a question is asked now. First reason counts. */
export const standingOf = (
  known: Pick<KnownQuestion, 'digest' | 'state' | 'returns' | 'hold_code' | 'hold_detail'>,
  question: { readonly digest: string; readonly remainingMs: number },
): Standing => {
  if (known.digest !== question.digest) return { kind: 'conflict' };
  if (known.state === 'answered' || known.state === 'expired') return { kind: 'tell' };
  if (known.state === 'cancelled') return end(cancelled);
  if (question.remainingMs <= 0) return end(expired);
  if (known.returns >= mostReturns)
    return end(
      refused('poison', `The process that had this question in hand died ${mostReturns} times`),
    );
  if (known.hold_code !== null) return end(refused(known.hold_code, known.hold_detail ?? ''));
  return { kind: 'ask' };
};
