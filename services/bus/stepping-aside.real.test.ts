import { expect, it } from '@jest/globals';
import { message, textOf, useBroker } from '#infra/testing/bus.js';
import { until } from '#infra/testing/until.js';
import type { Bus, Consumer } from './connection.js';
import type { Delivery } from './delivery.js';

const broker = useBroker();

interface Replica {
  readonly consumer: Consumer;
  readonly seen: string[];
  readonly inHand: Delivery[];
}

/** Consumes as one of several, of which `mayTake` says whether it is to have the queue. */
const replica = (
  bus: Bus,
  queue: string,
  {
    mayTake,
    seen = [],
    keeps = false,
  }: Partial<Replica> & {
    readonly mayTake: () => boolean;
    readonly keeps?: boolean;
  },
): Replica => {
  const inHand: Delivery[] = [];
  const consumer = bus.consume(queue, { prefetch: 10, mayTake }, async (delivery) => {
    seen.push(textOf(delivery));
    if (keeps) return void inHand.push(delivery);
    await new Promise((resolve) => setImmediate(resolve));
    delivery.ack();
  });
  return { consumer, seen, inHand };
};

const seated = ({ consumer }: Replica): Promise<boolean> =>
  until(() => consumer.seated, { what: 'a place in line' });

it('hands a queue to the one that is to have it, in order and nothing twice, through every change under load', async () => {
  const buses = [await broker.connected(), await broker.connected(), await broker.connected()];
  const queue = 't.aside.x';
  await buses[0]!.declareQueue(queue);
  let preferred = 2;
  const all: string[] = [];
  const replicas = buses.map((bus, index) =>
    replica(bus, queue, { mayTake: () => preferred === index, seen: all }),
  );
  await Promise.all(replicas.map(seated));
  const sent: string[] = [];
  const send = async (count: number): Promise<void> => {
    const texts = Array.from({ length: count }, (_, index) => `m${sent.length + index}`);
    sent.push(...texts);
    await Promise.all(texts.map((text) => buses[0]!.publish(queue, message(text))));
  };
  for (const next of [2, 0, 1, 2, 1]) {
    await send(100);
    preferred = next;
    for (const one of replicas) one.consumer.reconsider();
    await send(100);
  }
  await until(() => all.length >= sent.length, { what: 'all of them' });
  expect(all).toEqual(sent);
});

it('moves nothing of a queue that lies still, and of one whose messages are kept in hand only when asked', async () => {
  const [first, second] = [await broker.connected(), await broker.connected()];
  await broker.filled(first, 't.kept.x', 3);
  let mine = true;
  const keeping = replica(first, 't.kept.x', { mayTake: () => mine, keeps: true });
  await until(() => keeping.inHand.length === 3, { what: 'three in hand' });
  const idle = replica(first, 't.idle.x', { mayTake: () => mine });
  await seated(idle);
  const other = replica(second, 't.kept.x', { mayTake: () => true });
  await seated(other);
  mine = false;
  await broker.filled(first, 't.beside.x', 1);
  expect(keeping.inHand.every(({ gone }) => !gone)).toBe(true);
  keeping.consumer.reconsider();
  idle.consumer.reconsider();
  expect(idle.consumer.seated).toBe(true);
  keeping.inHand[0]?.ack();
  keeping.inHand.slice(1).forEach((delivery) => delivery.release());
  await until(() => other.seen.length === 2, { what: 'the rest at the other' });
  expect(other.seen).toEqual(['m1', 'm2']);
});

it('stays stopped where it was stopped while it stepped aside', async () => {
  const bus = await broker.connected();
  await broker.filled(bus, 't.stopping.x', 2);
  const one: Replica = replica(bus, 't.stopping.x', {
    mayTake: () => one.inHand.length === 0,
    keeps: true,
  });
  await until(() => one.inHand.length > 0, { what: 'the first in hand' });
  const stopped = one.consumer.stop();
  one.inHand.forEach((delivery) => delivery.ack());
  await stopped;
  await until(async () => (await broker.ready(bus, 't.stopping.x')) === 1, {
    what: 'the second left in the queue',
  });
  expect(one.consumer.seated).toBe(false);
});
