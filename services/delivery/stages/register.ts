import { consultationOf } from '../consultations/consultation.js';
import { made, type Stage } from './stage.js';

export const register: Stage = {
  name: 'register',
  does: 'writes a question to an authentic source to the register; without that it does not leave',
  run: async (work, { consult }) => {
    const declared = made(work.operation, 'choose').operation.register;
    if (!declared) return work;
    return { ...work, consultation: await consult(consultationOf(work, declared)) };
  },
};
