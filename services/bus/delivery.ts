import type { Channel, ConsumeMessage, MessageProperties } from 'amqplib';

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
  alive: boolean;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const propertiesOf = (properties: MessageProperties): Delivery['properties'] => ({
  messageId: textOf(properties.messageId),
  type: textOf(properties.type),
  contentType: textOf(properties.contentType),
  correlationId: textOf(properties.correlationId),
});

/** What becomes of a delivery: told once at its end, and whether the close of its channel, which follows, gives it back. */
export interface Ending {
  readonly settled: () => void;
  readonly closing: () => boolean;
}

/** Makes a delivery of an AMQP message. */
export const deliveryOf = (
  message: ConsumeMessage,
  queue: string,
  generation: Generation,
  ending: Ending,
): Delivery => {
  let ended = false;
  const end = (tell: () => void): boolean => {
    if (ended) return false;
    ended = true;
    ending.settled();
    if (!generation.alive) return false;
    tell();
    return true;
  };
  // Not nack: from RabbitMQ 4.3 on that is not counted, and what comes back without end could not be noticed.
  const reject = (): void => generation.channel.reject(message, true);
  const headers: Readonly<Record<string, unknown>> = message.properties.headers ?? {};
  const returned = headers['x-delivery-count'];
  return {
    queue,
    body: message.content,
    headers,
    properties: propertiesOf(message.properties),
    redelivered: message.fields.redelivered,
    deliveryCount: typeof returned === 'number' ? returned : 0,
    ack: () => end(() => generation.channel.ack(message)),
    get gone() {
      return !generation.alive;
    },
    release: () => end(ending.closing() ? () => undefined : reject),
  };
};
