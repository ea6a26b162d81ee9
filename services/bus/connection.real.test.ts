import { describe, expect, it } from '@jest/globals';
import { closeConnections } from '#infra/testing/broker.js';
import { message, useBroker } from '#infra/testing/bus.js';
import { until } from '#infra/testing/until.js';
import type { Delivery } from './delivery.js';
import { BrokerUnavailable, Refused, Unroutable } from './failures.js';

const broker = useBroker();
const { connected, ready: depth } = broker;

describe('the bus on a real broker', () => {
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

  it('[queue-full] refuses what a full queue does not take, and takes the next after it was emptied', async () => {
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
      await closeConnections(broker.vhost);
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
