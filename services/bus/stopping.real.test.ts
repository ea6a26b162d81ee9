import { describe, expect, it } from '@jest/globals';
import { textOf, useBroker } from '#infra/testing/bus.js';
import { until } from '#infra/testing/until.js';
import type { Delivery } from './delivery.js';

const { connected, filled, ready } = useBroker();

describe('stopping and pausing a queue on a real broker', () => {
  it('hands a queue that one process stops to another in order, with what was in hand', async () => {
    const [first, second] = [await connected(), await connected()];
    const sent = await filled(first, 't.stopped.x', 300);
    const byFirst: Delivery[] = [];
    const consumer = first.consume('t.stopped.x', { prefetch: 10 }, (delivery) => {
      byFirst.push(delivery);
    });
    await until(() => byFirst.length === 10, { what: 'ten in hand' });
    const bySecond: string[] = [];
    second.consume('t.stopped.x', { prefetch: 10 }, (delivery) => {
      bySecond.push(textOf(delivery));
      delivery.ack();
    });
    const stopped = consumer.stop();
    byFirst.slice(0, 3).forEach((delivery) => delivery.ack());
    byFirst.slice(3).forEach((delivery) => delivery.release());
    await stopped;
    await until(() => bySecond.length === 297, { what: 'the rest at the second' });
    expect([...byFirst.slice(0, 3).map(textOf), ...bySecond]).toEqual(sent);
    expect(byFirst.every(({ gone }) => gone)).toBe(true);
  });

  it('stops one queue without taking what others have in hand', async () => {
    const bus = await connected();
    await filled(bus, 't.neighbour.x', 1);
    const got: Delivery[] = [];
    const neighbour = bus.consume('t.neighbour.x', { prefetch: 1 }, (delivery) => {
      got.push(delivery);
    });
    const stopped = bus.consume('t.leaving.x', { prefetch: 1 }, () => undefined);
    await until(() => got.length === 1, { what: 'the message of the neighbour' });
    await stopped.stop();
    expect(got[0]?.gone).toBe(false);
    expect(got[0]?.ack()).toBe(true);
    await neighbour.stop();
    expect(await ready(bus, 't.neighbour.x')).toBe(0);
  });

  it('goes on where it was resumed while it was still pausing', async () => {
    const bus = await connected();
    await filled(bus, 't.hesitant.x', 1);
    const got: Delivery[] = [];
    const consumer = bus.consume('t.hesitant.x', { prefetch: 1 }, (delivery) => {
      if (got.push(delivery) > 1) delivery.ack();
    });
    await until(() => got.length === 1, { what: 'the first' });
    const paused = consumer.pause();
    consumer.resume();
    got[0]?.ack();
    await paused;
    await filled(bus, 't.hesitant.x', 1);
    await until(() => got.length === 2, { what: 'the second' });
  });
});
