import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Bus, Consumer } from './connection.js';
import type { ConsumeOptions } from './consumption.js';
import type { Delivery } from './delivery.js';

/** A queue whose deliveries go to the handler of `pattern`. */
export interface ServedQueue extends ConsumeOptions {
  readonly queue: string;
  readonly pattern: string;
}

/**
 * Nest's way to the bus: `@EventPattern(pattern)` gets each `Delivery` as its payload and settles it itself. A handler
 * that throws is logged and its delivery is given back after a pause; nothing is acknowledged for it. Nest's own RMQ
 * transport acknowledges before the work and swallows what a handler throws.
 *
 * With `RethrowFilter` the log says what was thrown; without it Nest puts "Internal server error" in its place.
 */
export class BusServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  readonly #bus: Bus;
  readonly #consumers = new Map<string, Consumer>();
  #served: readonly ServedQueue[] = [];
  #listening = false;

  constructor(bus: Bus) {
    super();
    this.#bus = bus;
  }

  /** Serves exactly these queues from now on: starts the new, stops those no longer named. Before `listen` it waits for that. */
  serve(queues: readonly ServedQueue[]): void {
    this.#served = queues;
    if (!this.#listening) return;
    const named = new Set(queues.map(({ queue }) => queue));
    for (const [queue, consumer] of this.#consumers) {
      if (named.has(queue)) continue;
      this.#consumers.delete(queue);
      void consumer.stop();
    }
    for (const served of queues) {
      if (!this.#consumers.has(served.queue))
        this.#consumers.set(served.queue, this.#begin(served));
    }
  }

  /** In line for each of the queues at the broker. */
  seated(): boolean {
    return [...this.#consumers.values()].every((consumer) => consumer.seated);
  }

  /** Asks of each queue again whether this process may go on with what it has in hand. */
  reconsider(): void {
    for (const consumer of this.#consumers.values()) consumer.reconsider();
  }

  listen(callback: () => void): void {
    this.#listening = true;
    this.serve(this.#served);
    callback();
  }

  /** Hands out no more and waits for the handlers; the bus itself is closed by whoever opened it. */
  close(): Promise<void> {
    return this.#bus.quiet();
  }

  /** The bus tells its state by `Bus.state`; there are no events to listen to. */
  on(): void {
    return undefined;
  }

  unwrap(): never {
    throw new Error('the bus belongs to the process that opened it');
  }

  #begin({ queue, pattern, ...options }: ServedQueue): Consumer {
    const handler = this.getHandlerByPattern(pattern);
    if (!handler)
      throw new Error(`no handler for "${pattern}": nothing would take what comes in "${queue}"`);
    return this.#bus.consume(queue, options, (delivery) => this.#handle(handler, delivery));
  }

  async #handle(handler: MessageHandler, delivery: Delivery): Promise<void> {
    const answer: unknown = await handler(delivery);
    await lastValueFrom(this.transformToObservable(answer), { defaultValue: undefined });
  }
}
