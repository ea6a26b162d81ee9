import type { AnyOperation } from '#kit/definition.js';
import { made, type Stage, type Work } from './stage.js';

const learned = (
  operation: AnyOperation,
  { result, request }: Work,
): Pick<Work, 'reference' | 'kept' | 'remark'> => ({
  reference: operation.refer?.(result, request) ?? null,
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
      ...learned(operation, work),
      found: operation.register?.found?.(work.result) ?? [],
      derived: operation.answer?.(work.result, message, open.settings) ?? null,
    };
  },
};
