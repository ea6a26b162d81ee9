import { unsealEvent } from '../body.js';
import { messageOf, type Stage } from './stage.js';

export const unseal: Stage = {
  name: 'unseal',
  does: 'opens the CloudEvent with the key of the tenant',
  run: (work) => {
    const { envelope, body } = work.shipment;
    const event = unsealEvent(envelope, body, work.tenant.bodyKeys);
    return { ...work, message: messageOf(work.shipment, event) };
  },
};
