import { unsealKept } from '../kept.js';
import { made, type Stage } from './stage.js';

export const send: Stage = {
  name: 'send',
  does: 'brings the request to the system, within the deadline; looks first where it may have come before',
  run: async (work, { signal, attachment }) => {
    const { operation, open } = made(work.operation, 'choose');
    const { redelivered, reference, state, taken, kept } = work.ticket;
    const place = { ...work.shipment.envelope, target: work.shipment.target };
    const result = await operation.send(open.client, work.request, {
      messageId: work.shipment.envelope.id,
      reference,
      state,
      kept: kept === null ? undefined : unsealKept(place, kept, work.tenant.bodyKeys),
      redelivered,
      ...(taken !== null && { taken }),
      signal,
      attachment,
    });
    return { ...work, result };
  },
};
