import { readShipment } from '#bus/audit.js';
import type { Delivery } from '#bus/delivery.js';
import { Undecodable } from '#bus/failures.js';
import type { Hand } from './hand.js';
import type { Line } from './line.js';

/** The line that a queue belongs to: `t.<tenant>.<target>`, `q.` or `h.<tenant>.<target>`. */
export const lineOfQueue = (queue: string): Line => {
  const [, tenant, target] = queue.split('.');
  if (tenant === undefined || target === undefined)
    throw new Error(`"${queue}" is not the queue of a connector instance`);
  return { tenant, target };
};

/** The message of a delivery. Throws `Undecodable`: neither today nor tomorrow it says anything to us. */
export const handOf = (delivery: Delivery): Hand => {
  const line = lineOfQueue(delivery.queue);
  const shipment = readShipment(delivery);
  if (shipment.envelope.tenant !== line.tenant) throw new Undecodable('it is of another tenant');
  return { line, shipment, origin: { kind: 'queue', delivery } };
};
