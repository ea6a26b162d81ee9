import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { message, textOf, useBroker } from '#infra/testing/bus.js';
import { startOwnBroker, type OwnBroker } from '#infra/testing/own-broker.js';
import { until } from '#infra/testing/until.js';
import type { Bus } from './connection.js';
import type { Delivery } from './delivery.js';
import { BrokerUnavailable } from './failures.js';
import { publishLimits } from './window.js';

const broker = useBroker();

/** A sender that goes on whatever happens, and what became of each of its messages. */
const keepSending = (bus: Bus, queue: string) => {
  const confirmed: string[] = [];
  const refused: BrokerUnavailable[] = [];
  let stopped = false;
  const send = async (): Promise<void> => {
    for (let number = 0; !stopped; number += 1) {
      await bus.publish(queue, message(`m${number}`)).then(
        () => confirmed.push(`m${number}`),
        (cause: unknown) => refused.push(cause as BrokerUnavailable),
      );
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const sending = send();
  return {
    confirmed,
    refused,
    stop: () => {
      stopped = true;
      return sending;
    },
  };
};

describe('a broker in trouble', () => {
  let own: OwnBroker;
  const connected = (options: { confirmTimeoutMs?: number } = {}): Promise<Bus> =>
    broker.connected({
      url: own.url,
      publishing: { ...publishLimits, blockedGraceMs: 1_000, ...options },
    });

  beforeAll(async () => {
    own = await startOwnBroker();
  });
  afterEach(() => own.clearAlarm());
  afterAll(() => own.end());

  it('[broker-blocked] answers what is under way within seconds, refuses the rest at once, consumes on, and publishes again after it', async () => {
    const bus = await connected();
    await bus.declareQueue('t.blocked.x');
    await Promise.all([0, 1, 2].map((n) => bus.publish('t.blocked.x', message(`before ${n}`))));
    await own.alarm();
    const startedAt = performance.now();
    // The broker takes the first message after an alarm, says that it is blocked, and reads no further.
    const underWay = await Promise.allSettled(
      Array.from({ length: 200 }, (_, n) => bus.publish('t.blocked.x', message(`under way ${n}`))),
    );
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    const confirmed = underWay.filter(({ status }) => status === 'fulfilled').length;
    const unknown = underWay.flatMap((end): unknown[] =>
      end.status === 'rejected' ? [end.reason] : [],
    );
    expect(unknown.length).toBeGreaterThan(0);
    for (const reason of unknown)
      expect(reason).toMatchObject({ name: 'BrokerUnavailable', ambiguous: true });
    expect(bus.state()).toBe('blocked');
    await expect(bus.publish('t.blocked.x', message('no'))).rejects.toMatchObject({
      ambiguous: false,
    });

    const got: string[] = [];
    bus.consume('t.blocked.x', { prefetch: 10 }, (delivery) => {
      got.push(textOf(delivery));
      delivery.ack();
    });
    await until(() => got.length >= 3 + confirmed, { what: 'consuming while it is blocked' });

    await own.clearAlarm();
    await until(() => bus.state() === 'up', { what: 'the end of the alarm' });
    await bus.publish('t.blocked.x', message('after'));
    await until(() => got.includes('after'), { what: 'the next message' });
    expect(got).not.toContain('no');
  });

  it('[consumer-cancelled] forgets what it held too long and is given it again, while the queue beside it goes on', async () => {
    await own.setMs('consumer_timeout', 1_000);
    await own.setMs('channel_tick_interval', 500);
    const bus = await connected();
    const held: Delivery[] = [];
    const beside: Delivery[] = [];
    bus.consume('t.slow.x', { prefetch: 1 }, (delivery) => {
      if (held.push(delivery) > 1) delivery.ack();
    });
    bus.consume('t.beside.x', { prefetch: 1 }, (delivery) => {
      beside.push(delivery);
      delivery.ack();
    });
    await bus.ensureQueues(['t.slow.x', 't.beside.x']);
    await bus.publish('t.slow.x', message('held'));
    await until(() => held.length > 0, { what: 'the message in hand' });
    await bus.publish('t.beside.x', message('one'));
    await until(() => held[0]?.gone, { what: 'the broker taking it back' });
    expect(held[0]?.ack()).toBe(false);
    await until(() => held.length > 1, { what: 'the message again' });
    expect(held[1]?.redelivered).toBe(true);
    await bus.publish('t.beside.x', message('two'));
    await until(() => beside.length === 2, { what: 'the queue beside it' });
    expect(beside.map(({ gone }) => gone)).toEqual([false, false]);
  });

  it('[broker-down] refuses at once that nothing entered, and [broker-restarted] after kill -9 keeps what was confirmed and goes on by itself', async () => {
    const bus = await connected();
    await bus.ensureQueues(['t.killed.x', 't.consumed.x']);
    const sender = keepSending(bus, 't.killed.x');
    const got = new Set<string>();
    await until(() => sender.confirmed.length > 100, { what: 'load' });
    await own.kill();
    // Its two connections are not lost at the same time, and what is sent over the other may have entered.
    const known = (): boolean => sender.refused.some(({ ambiguous }) => !ambiguous);
    await until(known, { what: 'the loss of the connection that publishes' });
    await expect(bus.publish('t.killed.x', message('no'))).rejects.toMatchObject({
      name: 'BrokerUnavailable',
      ambiguous: false,
    });
    await expect(bus.declareQueue('t.other.x')).rejects.toBeInstanceOf(BrokerUnavailable);
    const before = sender.confirmed.length;
    await own.startAgain();
    await until(() => sender.confirmed.length > before, { what: 'publishing again' });
    await sender.stop();
    expect(sender.refused.every((failure) => failure instanceof BrokerUnavailable)).toBe(true);
    bus.consume('t.killed.x', { prefetch: 50 }, (delivery) => {
      got.add(textOf(delivery));
      delivery.ack();
    });
    await until(() => sender.confirmed.every((text) => got.has(text)), {
      what: 'everything that was confirmed',
    });
  });
});
