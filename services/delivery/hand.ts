import type { Delivery } from '#bus/delivery.js';
import type { Shipment } from '#bus/envelope.js';
import type { Json } from '#kit/message.js';
import type { Line } from './line.js';

/** Where a message in hand came from, and so how it is finished: acknowledged, or its row let go. */
export type Origin =
  | {
      readonly kind: 'queue';
      readonly delivery: Pick<Delivery, 'ack' | 'release' | 'gone'> & Partial<Delivery>;
    }
  | { readonly kind: 'row'; readonly id: string; readonly lease: string };

/** A message that this process has in hand. */
export interface Hand {
  readonly line: Line;
  readonly shipment: Shipment;
  readonly origin: Origin;
}

/** How long a question still lives; null for what never expires. */
export const remainingMs = ({ shipment }: Hand): number | null => {
  const { expiresAt } = shipment.envelope;
  return expiresAt === null ? null : Math.max(0, Date.parse(expiresAt) - Date.now());
};

/** Leave to try a message once, given under the lock of its lane. */
export interface Ticket {
  /** Proves later that nobody else was given leave meanwhile. */
  readonly token: string;
  /** From 1. */
  readonly attempt: number;
  readonly formerCode: string | null;
  /** Since the first failure; 0 where there was none. */
  readonly failingForMs: number;
  readonly redelivered: boolean;
  /** By what to ask how a request went that the system has taken; null where there is none. */
  readonly taken: string | null;
  /** Id of the subject in the external system. */
  readonly reference: string | null;
  /** What was last remembered of it; undefined where nothing was. */
  readonly state: Json | undefined;
  /** What an earlier message about the subject left here, sealed; null where nothing is kept. */
  readonly kept: Buffer | null;
}
