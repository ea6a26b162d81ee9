import { setAside } from '#bus/aside.js';
import type { Bus } from '#bus/connection.js';
import type { Delivery } from '#bus/delivery.js';
import { Undecodable } from '#bus/failures.js';
import { handOf } from './decode.js';
import type { Hand } from './hand.js';
import type { Tools } from './tools.js';

interface Receiving {
  readonly bus: Pick<Bus, 'publish' | 'declareQueue'>;
  /** Brings a message to its end. */
  readonly take: (tools: Tools, hand: Hand) => Promise<void>;
}

/** Takes a delivery of the queue of a line on its way; what cannot be read is set aside for an operator. */
export const receive = async (
  tools: Tools,
  { bus, take }: Receiving,
  delivery: Delivery,
): Promise<void> => {
  let hand: Hand;
  try {
    hand = handOf(delivery);
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    tools.log.error({ queue: delivery.queue, reason: error.message }, 'a delivery cannot be read');
    await tools.patiently('set it aside', () => setAside(bus, delivery, error.message));
    return;
  }
  const { acceptedAt } = hand.shipment.envelope;
  await tools.received.during(hand.line, acceptedAt, () => take(tools, hand));
};
