import type { Channel, ConsumeMessage } from 'amqplib';

type Settling = Pick<Channel, 'ack' | 'reject'>;

/**
 * What came on one channel and is not settled there. What is done with in one turn is acknowledged in as few words as can be:
 * each costs the broker as much as a message does, as it writes it down in its log.
 */
export class Acks {
  readonly #channel: Settling;
  /** In the order in which they came. */
  readonly #unsettled = new Set<ConsumeMessage>();
  readonly #done = new Set<ConsumeMessage>();

  constructor(channel: Settling) {
    this.#channel = channel;
  }

  /** Nothing that came before `flush` may be unknown here: it would be acknowledged with what came after it. */
  came(message: ConsumeMessage): void {
    this.#unsettled.add(message);
  }

  /** The broker is told at the end of this turn. */
  ack(message: ConsumeMessage): void {
    if (this.#done.size === 0) process.nextTick(() => this.flush());
    this.#done.add(message);
  }

  /** Not nack: from RabbitMQ 4.3 on that is not counted, and what comes back without end could not be noticed. */
  reject(message: ConsumeMessage): void {
    this.#unsettled.delete(message);
    this.#channel.reject(message, true);
  }

  /** Tells the broker at once what is done with; where its channel has closed all of it comes again. */
  flush(): void {
    try {
      this.#ackFirst();
      for (const message of this.#done) {
        this.#unsettled.delete(message);
        this.#channel.ack(message);
      }
    } catch {
      this.#unsettled.clear();
    }
    this.#done.clear();
  }

  /** Those before which nothing is in hand, in one word. */
  #ackFirst(): void {
    let last: ConsumeMessage | undefined;
    for (const message of this.#unsettled) {
      if (!this.#done.delete(message)) break;
      this.#unsettled.delete(message);
      last = message;
    }
    if (last) this.#channel.ack(last, true);
  }
}
