import type { Bus } from './connection.js';
import type { Delivery } from './delivery.js';
import { Unroutable } from './failures.js';
import { asideQueue } from './topology.js';
import type { Headers } from './window.js';

const ours = /^lb-(?!publish$)/;

const headersOf = (delivery: Delivery): Headers =>
  Object.fromEntries(
    Object.entries(delivery.headers).flatMap(([name, value]) =>
      ours.test(name) && typeof value === 'string' ? [[name, value]] : [],
    ),
  );

/**
 * Moves a delivery that cannot be read to the queue of such, body unchanged and still sealed, and acknowledges it: it
 * never comes again, and an operator can look at it. `reason` must hold no personal data. Rejects as `Bus.publish`.
 */
export const setAside = async (
  bus: Pick<Bus, 'publish' | 'declareQueue'>,
  delivery: Delivery,
  reason: string,
): Promise<void> => {
  const { messageId, type, contentType } = delivery.properties;
  const publication = {
    body: delivery.body,
    headers: {
      ...headersOf(delivery),
      'lb-aside-from': delivery.queue,
      'lb-aside-reason': reason.slice(0, 1_000),
    },
    properties: {
      ...(messageId !== null && { messageId }),
      ...(type !== null && { type }),
      ...(contentType !== null && { contentType }),
    },
  };
  try {
    await bus.publish(asideQueue, publication);
  } catch (cause) {
    if (!(cause instanceof Unroutable)) throw cause;
    await bus.declareQueue(asideQueue);
    await bus.publish(asideQueue, publication);
  }
  delivery.ack();
};
