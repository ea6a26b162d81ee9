import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { closeConnections, freshVhost, manage, type FreshVhost } from '#infra/testing/broker.js';
import { until } from '#infra/testing/until.js';
import { connectBus, type Bus, type BusOptions } from './connection.js';
import type { Delivery } from './delivery.js';
import { BrokerUnavailable, QueueMismatch, Refused, Unroutable } from './failures.js';
const log = pino({ level: process.env['LBBUS_LOG_LEVEL'] ?? 'silent' });
const message = (text: string) => ({
  body: Buffer.from(text),
  headers: { 'lb-target': 'x' },
  properties: { messageId: text },
});

describe('the bus on a real broker', () => {
  let vhost: FreshVhost;
  const open: Bus[] = [];

  const connected = async (options: Partial<BusOptions> = {}): Promise<Bus> => {
    const bus = connectBus({ url: vhost.url, name: 'test', log, ...options });
    open.push(bus);
    await bus.ready(10_000);
    return bus;
  };
  const deleteQueue = (queue: string): Promise<unknown> =>
    manage('DELETE', `/queues/${vhost.name}/${queue}`);
  const depth = async (bus: Bus, queue: string): Promise<number | null | undefined> =>
    (await bus.countMessages([queue])).get(queue);

  beforeAll(async () => {
    vhost = await freshVhost();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bus) => bus.close()));
  });
  afterAll(async () => {
    await vhost.drop();
  });

  it('resolves a publish when the broker has the message, with body, headers and properties', async () => {
    const bus = await connected();
    await bus.declareQueue('t.a.one');
    await bus.publish('t.a.one', message('first'));
    expect(await depth(bus, 't.a.one')).toBe(1);
    const got: Delivery[] = [];
    bus.consume('t.a.one', { prefetch: 5 }, (delivery) => {
      got.push(delivery);
      delivery.ack();
    });
    await until(() => got.length === 1, { what: 'the message' });
    expect(got[0]?.body.toString()).toBe('first');
    expect(got[0]?.headers['lb-target']).toBe('x');
    expect(got[0]?.properties.messageId).toBe('first');
    expect(got[0]?.redelivered).toBe(false);
  });

  it('publishes to 35 queues pipelined, of which a missing one is told apart from the rest', async () => {
    const bus = await connected();
    const queues = Array.from({ length: 35 }, (_, index) => `t.pipe${index}.topdesk`);
    await bus.ensureQueues(queues.filter((queue) => queue !== 't.pipe7.topdesk'));
    const outcomes = await Promise.allSettled(
      queues.map((queue) => bus.publish(queue, message('same id'))),
    );
    const missing = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [[index, outcome.reason]] : [],
    );
    expect(missing).toEqual([[7, expect.any(Unroutable)]]);
    await bus.ensureQueues(['t.pipe7.topdesk']);
    await bus.publish('t.pipe7.topdesk', message('same id'));
    expect([...(await bus.countMessages(queues)).values()]).toEqual(queues.map(() => 1));
  });

  it('refuses what a full queue does not take, and takes the next after it was emptied', async () => {
    const bus = await connected({ maxLength: 3 });
    await bus.declareQueue('t.full.x');
    let accepted = 0;
    const fill = async (): Promise<void> => {
      for (;;) {
        await bus.publish('t.full.x', message('m'));
        accepted += 1;
        if (accepted > 100) return;
      }
    };
    await expect(fill()).rejects.toBeInstanceOf(Refused);
    expect(await depth(bus, 't.full.x')).toBe(accepted);
    bus.consume('t.full.x', { prefetch: 10 }, (delivery) => void delivery.ack());
    await until(async () => (await depth(bus, 't.full.x')) === 0, { what: 'an empty queue' });
    await until(() => bus.publish('t.full.x', message('m')).then(() => true), {
      what: 'room in the queue',
    });
  });

  it('says what to do about a queue with other arguments, and goes on with the others', async () => {
    const small = await connected({ maxLength: 10 });
    await small.declareQueue('t.mismatch.x');
    const bus = await connected({ maxLength: 20 });
    await bus.declareQueue('t.other.x');
    const unsettled = bus.publish('t.other.x', message('beside it'));
    const refused = bus.ensureQueues(['t.mismatch.x', 't.behind.x']);
    await expect(refused).rejects.toBeInstanceOf(QueueMismatch);
    await expect(refused).rejects.toThrow(/t\.mismatch\.x.*LBBUS_QUEUE_MAX_LENGTH/);
    await unsettled;
    await bus.publish('t.behind.x', message('declared all the same'));
  });

  it('consumes a queue again that was deleted under it', async () => {
    const bus = await connected();
    const got: string[] = [];
    bus.consume('t.deleted.x', { prefetch: 5 }, (delivery) => {
      got.push(delivery.body.toString());
      delivery.ack();
    });
    await until(() => bus.publish('t.deleted.x', message('before')).then(() => true), {
      what: 'the queue',
    });
    await until(() => got.length === 1, { what: 'the first' });
    await deleteQueue('t.deleted.x');
    await until(() => bus.publish('t.deleted.x', message('after')).then(() => true), {
      what: 'the queue again',
    });
    await until(() => got.includes('after'), { what: 'the second' });
  });

  it('loses nothing confirmed and rejects the rest when its connections are cut under load', async () => {
    const bus = await connected();
    await bus.declareQueue('t.load.x');
    const confirmed = new Set<string>();
    const failures: unknown[] = [];
    let number = 0;
    let stop = false;
    const sender = async (): Promise<void> => {
      while (!stop) {
        const id = `m${(number += 1)}`;
        await bus.publish('t.load.x', message(id)).then(
          () => confirmed.add(id),
          (cause: unknown) => failures.push(cause),
        );
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const senders = Array.from({ length: 20 }, sender);
    await until(() => confirmed.size > 500, { what: 'load' });
    // The management API learns of a connection late: cut until it was ours.
    const cut = async (): Promise<boolean> => {
      await closeConnections(vhost);
      return failures.length > 0;
    };
    await until(cut, { what: 'rejected publishes' });
    const before = confirmed.size;
    await until(() => confirmed.size > before + 200, { what: 'publishing again' });
    stop = true;
    await Promise.all(senders);
    expect(failures.every((failure) => failure instanceof BrokerUnavailable)).toBe(true);
    const got = new Set<string>();
    bus.consume('t.load.x', { prefetch: 200 }, (delivery) => {
      got.add(delivery.body.toString());
      delivery.ack();
    });
    await until(async () => (await depth(bus, 't.load.x')) === 0, { what: 'an empty queue' });
    await until(() => [...confirmed].every((id) => got.has(id)), {
      what: 'everything that was confirmed',
    });
  });
});
