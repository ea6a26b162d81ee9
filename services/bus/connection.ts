import type { Logger } from 'pino';
import { Consumption, type ConsumeOptions, type Handler } from './consumption.js';
import { BrokerUnavailable } from './failures.js';
import { Lanes } from './lanes.js';
import { Link, type BusState } from './link.js';
import { readMaxLength } from './max-length.js';
import { Parcels } from './parcel.js';
import { Publisher } from './publisher.js';
import { countMessages, Declarations } from './queues.js';
import { publishLimits, type Publication, type PublishLimits } from './window.js';

/** Leaves room for the last confirms in the 20 s that a process may take to end. */
const drainMs = 15_000;

export interface BusOptions {
  /** `amqp://` or `amqps://` with login and virtual host. */
  readonly url: string;
  /** What the broker's management shows, e.g. `gateway 4711`. */
  readonly name: string;
  readonly log: Logger;
  /** Messages in a target or hook queue, at most; fixed when a queue is declared. Else as `readMaxLength` says. */
  readonly maxLength?: number;
  readonly publishing?: PublishLimits;
}

/** A queue being consumed. */
export interface Consumer {
  readonly queue: string;
  /** Handlers at work. */
  readonly running: number;
  /** In line for the queue at the broker. */
  readonly seated: boolean;
  /** Takes no more, waits for what runs (at most 15 s), then gives back the rest. */
  readonly pause: () => Promise<void>;
  readonly resume: () => void;
  /** As `pause`, for good. */
  readonly stop: () => Promise<void>;
  /** Asks `mayTake` again about what is in hand. */
  readonly reconsider: () => void;
}

/** The only way to the broker: one connection to publish on and one to consume on, both kept up. */
export interface Bus {
  /** `up`: publishes and consumes. `blocked`: the broker takes no messages (disk or memory). */
  readonly state: () => BusState;
  /** Resolves when the bus is up; throws `BrokerUnavailable` after `waitMs`. */
  readonly ready: (waitMs: number) => Promise<void>;
  /**
   * Resolves when the broker has the message safe. Rejects with `Unroutable`, `Refused` (nothing entered) or
   * `BrokerUnavailable`. In the order of the calls per queue.
   */
  readonly publish: (queue: string, publication: Publication) => Promise<void>;
  /** Declares one queue, see `ensureQueues`. */
  readonly declareQueue: (queue: string) => Promise<void>;
  /** Makes the queues that are not there; idempotent. Throws `QueueMismatch` after the others were made, or `BrokerUnavailable`. */
  readonly ensureQueues: (queues: readonly string[]) => Promise<void>;
  /** Messages ready per queue, null where there is no such queue. Throws `BrokerUnavailable`. */
  readonly countMessages: (
    queues: readonly string[],
  ) => Promise<ReadonlyMap<string, number | null>>;
  /** Consumes a queue, which is declared when it is not there, until `stop`. */
  readonly consume: (queue: string, options: ConsumeOptions, handler: Handler) => Consumer;
  /**
   * Hands out no more and waits for running handlers (at most 15 s), which can still publish. Each queue goes to others as
   * soon as what ran of it has ended.
   */
  readonly quiet: () => Promise<void>;
  /** Quiet, then waits for confirms and closes; the rest comes again to others. */
  readonly close: () => Promise<void>;
}

const worst = (one: BusState, other: BusState): BusState => {
  if (one === 'down' || other === 'down') return 'down';
  return one === 'blocked' || other === 'blocked' ? 'blocked' : 'up';
};

const untilUp = async (state: () => BusState, waitMs: number): Promise<void> => {
  const deadline = performance.now() + waitMs;
  while (state() !== 'up') {
    if (performance.now() > deadline) throw new BrokerUnavailable(`not up within ${waitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const consumerOf = (consumption: Consumption, forget: () => void): Consumer => ({
  queue: consumption.queue,
  get running() {
    return consumption.running;
  },
  get seated() {
    return consumption.seated;
  },
  pause: () => consumption.pause(drainMs),
  resume: () => consumption.resume(),
  reconsider: () => consumption.reconsider(),
  stop: () => {
    forget();
    return consumption.pause(drainMs);
  },
});

/** Starts to connect and goes on for ever; `ready` tells when it is there. */
export const connectBus = (options: BusOptions): Bus => {
  const { url, name, log, maxLength = readMaxLength() } = options;
  const consumptions = new Set<Consumption>();
  let lanes: Lanes | undefined;
  const publisher = new Publisher(
    { url, name: `${name} publish`, log },
    options.publishing ?? publishLimits,
  );
  const parcels = new Parcels((queue, publication) => publisher.publish(queue, publication));
  const consuming = new Link(
    { url, name: `${name} consume`, log },
    {
      up: (model) => {
        lanes = new Lanes(model);
        for (const consumption of consumptions) consumption.begin();
      },
      down: () => (lanes = undefined),
      blocked: () => undefined,
    },
  );
  const declarations = new Declarations(() => consuming.model, maxLength);
  const declare = (queue: string): Promise<void> => declarations.declare(queue);
  const state = (): BusState => worst(publisher.state, consuming.state);
  const quiet = async (): Promise<void> => {
    await Promise.all([...consumptions].map((consumption) => consumption.leave(drainMs)));
  };

  return {
    state,
    ready: (waitMs) => untilUp(state, waitMs),
    publish: (queue, publication) =>
      (publication.mayShare ? parcels : publisher).publish(queue, publication),
    declareQueue: declare,
    ensureQueues: async (queues) => {
      const outcomes = await Promise.allSettled(queues.map(declare));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
    },
    countMessages: async (queues) => {
      if (!consuming.model) throw new BrokerUnavailable('there is no connection');
      return countMessages(consuming.model, queues);
    },
    consume: (queue, consumeOptions, handler) => {
      const host = { lanes: () => lanes, declare, log };
      const consumption = new Consumption(host, queue, consumeOptions, handler);
      consumptions.add(consumption);
      return consumerOf(consumption, () => consumptions.delete(consumption));
    },
    quiet,
    close: async () => {
      await quiet();
      // The channels are closed with the connection, not the consumers one by one: so what was not handled goes back
      // in order before another process gets the next.
      await lanes?.closeAll();
      await consuming.close();
      await publisher.close();
    },
  };
};
