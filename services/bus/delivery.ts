import type { Channel, ConsumeMessage } from 'amqplib';
import type { Acks } from './acks.js';
import { partsOf } from './parcel.js';

/** One message given to us. Exactly one of `ack` and `release` ends it; a second call does nothing. */
export interface Delivery {
  readonly queue: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly properties: {
    readonly messageId: string | null;
    readonly type: string | null;
    readonly contentType: string | null;
    readonly correlationId: string | null;
  };
  /** The broker may have given it to somebody before. */
  readonly redelivered: boolean;
  /** How often it came back (3.10 to 4.2: each return; from 4.3 on: failures only); 0 the first time. */
  readonly deliveryCount: number;
  /** True where the channel it came on is closed: it comes again, and whoever waits with it may stop. */
  readonly gone: boolean;
  /** The work is done. Answers false where the channel it came on is gone: then it comes again. */
  readonly ack: () => boolean;
  /** Gives it back unhandled, to the head of its queue. Answers false where it came back by itself. */
  readonly release: () => boolean;
}

/** The channel a delivery came on: its tag means nothing on another. `alive` until it closes or begins to. */
export interface Generation {
  readonly channel: Channel;
  readonly acks: Acks;
  alive: boolean;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const propertiesOf = (
  properties: Partial<Record<keyof Delivery['properties'], unknown>>,
): Delivery['properties'] => ({
  messageId: textOf(properties.messageId),
  type: textOf(properties.type),
  contentType: textOf(properties.contentType),
  correlationId: textOf(properties.correlationId),
});

/** What becomes of a delivery: told once at its end, and whether the close of its channel, which follows, gives it back. */
export interface Ending {
  readonly settled: (delivery: Delivery) => void;
  readonly closing: () => boolean;
}

interface Settling {
  readonly ack: () => void;
  readonly reject: () => void;
}

/** The broker is told of a message once all that it bears has ended: that all is done, or that it is to come again, all of it. */
const settlingOf = (message: ConsumeMessage, { acks }: Generation, parts: number): Settling => {
  let inHand = parts;
  let back = false;
  const end = (): void => {
    inHand -= 1;
    if (inHand > 0) return;
    if (back) acks.reject(message);
    else acks.ack(message);
  };
  return {
    ack: end,
    reject: () => {
      back = true;
      end();
    },
  };
};

/** Makes deliveries of an AMQP message: one, or as many as travelled in it. */
export const deliveriesOf = (
  message: ConsumeMessage,
  queue: string,
  generation: Generation,
  ending: Ending,
): readonly Delivery[] => {
  generation.acks.came(message);
  const { content: body, properties, fields } = message;
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const parts = partsOf(headers, body) ?? [{ headers, properties, body }];
  const returned = headers['x-delivery-count'];
  const of = {
    queue,
    redelivered: fields.redelivered,
    deliveryCount: typeof returned === 'number' ? returned : 0,
  };
  const settling = settlingOf(message, generation, parts.length);
  return parts.map((part) =>
    deliveryOf(
      { ...of, ...part, properties: propertiesOf(part.properties) },
      { generation, ending, settling },
    ),
  );
};

const deliveryOf = (
  given: Omit<Delivery, 'gone' | 'ack' | 'release'>,
  { generation, ending, settling }: { generation: Generation; ending: Ending; settling: Settling },
): Delivery => {
  let ended = false;
  const end = (tell: () => void): boolean => {
    if (ended) return false;
    ended = true;
    ending.settled(delivery);
    if (!generation.alive) return false;
    tell();
    return true;
  };
  const delivery: Delivery = {
    ...given,
    ack: () => end(settling.ack),
    get gone() {
      return !generation.alive;
    },
    release: () =>
      end(() => {
        if (!ending.closing()) settling.reject();
      }),
  };
  return delivery;
};
