import { made, type Stage } from './stage.js';

export const map: Stage = {
  name: 'map',
  does: 'translates OSLO into a request of the system; pure',
  run: (work) => {
    const { operation, open } = made(work.operation, 'choose');
    const message = made(work.message, 'unseal');
    return { ...work, request: operation.map(message, open.settings) };
  },
};
