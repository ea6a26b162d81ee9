import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { connectBus, type Bus, type BusOptions } from '#bus/connection.js';
import type { Delivery } from '#bus/delivery.js';
import type { Publication } from '#bus/window.js';
import { createLog } from '#runtime/log.js';
import { freshVhost, manage, type FreshVhost } from './broker.js';

const log = createLog('test', process.env['LBBUS_TEST_LOG_LEVEL'] ?? 'silent');

/** A message that is its own id. */
export const message = (text: string): Publication => ({
  body: Buffer.from(text),
  headers: { 'lb-target': 'x' },
  properties: { messageId: text },
});

export const textOf = (delivery: Delivery): string => delivery.body.toString();

/** A virtual host of one test file with the buses that its tests connect. */
export interface TestBroker {
  readonly vhost: FreshVhost;
  /** A bus that is up; closed after the test. */
  readonly connected: (options?: Partial<BusOptions>) => Promise<Bus>;
  /** A bus that may never come up; closed after the test. */
  readonly opened: (options?: Partial<BusOptions>) => Bus;
  /** Lays `m0`, `m1`, ... in a queue; answers them. */
  readonly filled: (bus: Bus, queue: string, count: number) => Promise<string[]>;
  /** Messages that nobody was given; null where there is no such queue. */
  readonly ready: (bus: Bus, queue: string) => Promise<number | null | undefined>;
  /** As an operator would, on the broker itself. */
  readonly deleteQueue: (queue: string) => Promise<void>;
}

/** Registers what a test file needs of a broker: call it once, at its top. */
export const useBroker = (): TestBroker => {
  let vhost: FreshVhost | undefined;
  const open: Bus[] = [];
  const made = (): FreshVhost => {
    if (!vhost) throw new Error('the virtual host is there from the first test on');
    return vhost;
  };
  beforeAll(async () => {
    vhost = await freshVhost();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bus) => bus.close()));
  });
  afterAll(async () => {
    await vhost?.drop();
  });
  const opened: TestBroker['opened'] = (options = {}) => {
    const bus = connectBus({ url: made().url, name: 'test', log, ...options });
    open.push(bus);
    return bus;
  };
  return {
    get vhost() {
      return made();
    },
    opened,
    connected: async (options) => {
      const bus = opened(options);
      await bus.ready(30_000);
      return bus;
    },
    filled: async (bus, queue, count) => {
      await bus.declareQueue(queue);
      const texts = Array.from({ length: count }, (_, index) => `m${index}`);
      await Promise.all(texts.map((text) => bus.publish(queue, message(text))));
      return texts;
    },
    ready: async (bus, queue) => (await bus.countMessages([queue])).get(queue),
    deleteQueue: async (queue) => {
      await manage('DELETE', `/queues/${made().name}/${queue}`);
    },
  };
};
