import { describe, expect, it } from '@jest/globals';
import { closeConnections } from '#infra/testing/broker.js';
import { textOf, useBroker } from '#infra/testing/bus.js';
import { until } from '#infra/testing/until.js';
import type { Delivery } from './delivery.js';

const broker = useBroker();
const { connected, filled, ready } = broker;

describe('consuming on a real broker', () => {
  it('keeps the order of publishing, also through deliveries that are given back', async () => {
    const bus = await connected();
    const sent = await filled(bus, 't.order.x', 50);
    const seen: string[] = [];
    const done: string[] = [];
    bus.consume('t.order.x', { prefetch: 1 }, (delivery) => {
      const text = textOf(delivery);
      const first = !seen.includes(text);
      seen.push(text);
      if (first && text.endsWith('3')) delivery.release();
      else {
        done.push(text);
        delivery.ack();
      }
    });
    await until(() => done.length === 50, { what: 'all 50' });
    expect(done).toEqual(sent);
    expect(seen.filter((text) => text === 'm13')).toHaveLength(2);
  });

  it('hands a queue to another process with what was not handled, in order, when the first closes', async () => {
    const [first, second] = [await connected(), await connected()];
    const sent = await filled(first, 't.handover.x', 40);
    const byFirst: Delivery[] = [];
    const bySecond: string[] = [];
    first.consume('t.handover.x', { prefetch: 10 }, (delivery) => {
      byFirst.push(delivery);
      if (byFirst.length <= 5) delivery.ack();
    });
    await until(() => byFirst.length === 15, { what: 'five done and ten in hand' });
    second.consume('t.handover.x', { prefetch: 10 }, (delivery) => {
      bySecond.push(textOf(delivery));
      delivery.ack();
    });
    const closed = first.close();
    byFirst.slice(5, 10).forEach((delivery) => expect(delivery.ack()).toBe(true));
    // What came after the close began was not handed out; the five in hand go back.
    byFirst.slice(10, 15).forEach((delivery) => delivery.release());
    await closed;
    expect(byFirst).toHaveLength(15);
    await until(() => bySecond.length === 30, { what: 'the rest at the second' });
    expect([...byFirst.slice(0, 10).map(textOf), ...bySecond]).toEqual(sent);
  });

  it('gives a target queue to one consumer at a time', async () => {
    const [first, second] = [await connected(), await connected()];
    await first.declareQueue('t.single.x');
    const got = [0, 0];
    const consumers = [first, second].map((bus, index) =>
      bus.consume('t.single.x', { prefetch: 5 }, (delivery) => {
        got[index] = (got[index] ?? 0) + 1;
        delivery.ack();
      }),
    );
    await filled(first, 't.single.x', 30);
    await until(() => got[0]! + got[1]! === 30, { what: 'all 30' });
    expect([...got].sort((one, other) => one - other)).toEqual([0, 30]);
    const active = got.indexOf(30);
    await consumers[active]?.stop();
    await filled(first, 't.single.x', 10);
    await until(() => got[1 - active] === 10, { what: 'ten at the other' });
  });

  it('never uses the tag of a lost channel: an old delivery is not acknowledged and comes again', async () => {
    const bus = await connected();
    await filled(bus, 't.generation.x', 2);
    const got: Delivery[] = [];
    bus.consume('t.generation.x', { prefetch: 1 }, (delivery) => {
      got.push(delivery);
    });
    await until(() => got.length === 1, { what: 'the first delivery' });
    await closeConnections(broker.vhost);
    await until(() => got.length === 2, { what: 'the same delivery again' });
    expect(got[0]?.ack()).toBe(false);
    expect(got.map(textOf)).toEqual(['m0', 'm0']);
    expect(got[1]?.redelivered).toBe(true);
    expect(got[1]?.ack()).toBe(true);
    expect(got[1]?.ack()).toBe(false);
    await until(() => got.length === 3, { what: 'the second message' });
    expect(textOf(got[2]!)).toBe('m1');
    got[2]?.ack();
  });

  it('gives back what a failing handler threw away, after a pause, and counts how often it came', async () => {
    const bus = await connected();
    await filled(bus, 't.failing.x', 1);
    const counts: number[] = [];
    const startedAt = performance.now();
    bus.consume('t.failing.x', { prefetch: 1 }, (delivery) => {
      counts.push(delivery.deliveryCount);
      if (counts.length < 3) throw new Error('no');
      delivery.ack();
    });
    await until(() => counts.length === 3, { what: 'the third time' });
    expect(counts).toEqual([0, 1, 2]);
    expect(performance.now() - startedAt).toBeGreaterThan(1_900);
  });

  it('takes nothing of a paused queue while other queues go on, and all of it after resuming', async () => {
    const bus = await connected();
    const got: string[] = [];
    const handler = (delivery: Delivery): void => {
      got.push(delivery.queue);
      delivery.ack();
    };
    const paused = bus.consume('t.paused.x', { prefetch: 5 }, handler);
    bus.consume('t.running.x', { prefetch: 5 }, handler);
    await paused.pause();
    await filled(bus, 't.paused.x', 3);
    await filled(bus, 't.running.x', 3);
    await until(() => got.length === 3, { what: 'the running queue' });
    expect(await ready(bus, 't.paused.x')).toBe(3);
    expect(new Set(got)).toEqual(new Set(['t.running.x']));
    paused.resume();
    await until(() => got.length === 6, { what: 'the resumed queue' });
  });

  it('consumes 120 queues and all of them again after a cut', async () => {
    const bus = await connected();
    const queues = Array.from({ length: 120 }, (_, index) => `t.many${index}.x`);
    const got = new Map<string, number>();
    for (const queue of queues)
      bus.consume(queue, { prefetch: 2 }, (delivery) => {
        got.set(queue, (got.get(queue) ?? 0) + 1);
        delivery.ack();
      });
    await bus.ensureQueues(queues);
    const round = async (times: number): Promise<void> => {
      await Promise.all(
        queues.map((queue) => bus.publish(queue, { body: Buffer.from('x'), headers: {} })),
      );
      await until(() => queues.every((queue) => got.get(queue) === times), {
        what: `round ${times}`,
      });
    };
    await round(1);
    await closeConnections(broker.vhost);
    await until(() => bus.state() === 'down', { what: 'the cut' });
    await bus.ready(10_000);
    await round(2);
  });
});
