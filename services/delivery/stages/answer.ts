import { made, type Stage } from './stage.js';

export const answer: Stage = {
  name: 'answer',
  does: 'reads what to remember of the subject there, what to keep for it, and what to tell the sender; pure',
  run: (work) => {
    const { operation, open } = made(work.operation, 'choose');
    const message = made(work.message, 'unseal');
    return {
      ...work,
      found: operation.register?.found?.(work.result) ?? [],
      reference: operation.refer?.(work.result, work.request) ?? null,
      kept: operation.keep?.(work.result, work.request) ?? null,
      remark: operation.remark?.(work.result, work.request) ?? null,
      derived: operation.answer?.(work.result, message, open.settings) ?? null,
    };
  },
};
