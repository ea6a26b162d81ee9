import type { AnyOperation } from '#kit/operation.js';
import { made, type Stage, type Work } from './stage.js';

/** What the operation says of the thing that the message is about. */
const learnt = (
  operation: AnyOperation,
  { result, request }: Work,
): Pick<Work, 'reference' | 'renamed'> => ({
  reference: operation.refer?.(result, request) ?? null,
  renamed: operation.renamed?.(result, request) ?? null,
});

/** What it says for later messages, and for the reader of the trace. */
const left = (
  operation: AnyOperation,
  { result, request }: Work,
): Pick<Work, 'kept' | 'remark'> => ({
  kept: operation.keep?.(result, request) ?? null,
  remark: operation.remark?.(result, request) ?? null,
});

export const answer: Stage = {
  name: 'answer',
  does: 'reads what to remember of the subject there, what to keep for it, and what to tell the sender; pure',
  run: (work) => {
    const { operation, open } = made(work.operation, 'choose');
    const message = made(work.message, 'unseal');
    return {
      ...work,
      ...learnt(operation, work),
      ...left(operation, work),
      found: operation.register?.found?.(work.result) ?? [],
      derived: operation.answer?.(work.result, message, open.settings) ?? null,
    };
  },
};
