import { expect, it } from '@jest/globals';
import { message, textOf, useBroker } from '#infra/testing/bus.js';
import { until } from '#infra/testing/until.js';
import type { Bus } from './connection.js';
import type { Delivery } from './delivery.js';
import { QueueMismatch, Unroutable } from './failures.js';

const { connected, filled, ready, deleteQueue } = useBroker();

/** Publishes as soon as there is such a queue. */
const laid = (bus: Bus, queue: string, text: string): Promise<boolean> =>
  until(() => bus.publish(queue, message(text)).then(() => true), { what: `${text} in ${queue}` });

const acknowledging = (bus: Bus, queue: string): string[] => {
  const got: string[] = [];
  bus.consume(queue, { prefetch: 5 }, (delivery) => {
    got.push(textOf(delivery));
    delivery.ack();
  });
  return got;
};

it('[queue-deleted] declares and consumes again every queue that was deleted under it, and the others never notice', async () => {
  const bus = await connected();
  const queues = ['t.deleted.a', 't.deleted.b', 't.deleted.c'];
  const got = queues.map((queue) => acknowledging(bus, queue));
  const beside: Delivery[] = [];
  bus.consume('t.beside.x', { prefetch: 5 }, (delivery) => void beside.push(delivery));
  await laid(bus, 't.beside.x', 'kept');
  for (const queue of queues) await laid(bus, queue, 'before');
  await until(() => got.every((texts) => texts.length === 1), { what: 'the first of each' });
  await Promise.all(queues.map(deleteQueue));
  for (const queue of queues) await laid(bus, queue, 'after');
  await until(() => got.every((texts) => texts.includes('after')), { what: 'the next of each' });
  expect(beside.map(({ gone }) => gone)).toEqual([false]);
  expect(beside[0]?.ack()).toBe(true);
});

it('[consumer-cancelled] lets go of what it has in hand when its queue is deleted, and takes what comes then', async () => {
  const bus = await connected();
  await filled(bus, 't.inhand.x', 3);
  const got: Delivery[] = [];
  bus.consume('t.inhand.x', { prefetch: 2 }, (delivery) => void got.push(delivery));
  await until(() => got.length === 2, { what: 'two in hand' });
  await deleteQueue('t.inhand.x');
  await until(() => got.every(({ gone }) => gone), { what: 'both to be gone' });
  expect(got.map((delivery) => delivery.ack())).toEqual([false, false]);
  await laid(bus, 't.inhand.x', 'after');
  await until(() => got.length === 3, { what: 'the next' });
  // What lay in a queue that is deleted is gone from the broker with it.
  expect(textOf(got[2]!)).toBe('after');
  expect(got[2]?.ack()).toBe(true);
});

it('[queue-deleted] says that nothing entered where the queue of a message is not there', async () => {
  const bus = await connected();
  await bus.declareQueue('t.there.x');
  const [there, gone] = await Promise.allSettled([
    bus.publish('t.there.x', message('m')),
    bus.publish('t.gone.x', message('m')),
  ]);
  expect(there.status).toBe('fulfilled');
  expect(gone.status === 'rejected' && gone.reason instanceof Unroutable).toBe(true);
});

it('[queue-mismatch] says what to do about a queue with other arguments, consumes it all the same, and goes on with the others', async () => {
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
  expect(await ready(bus, 't.behind.x')).toBe(1);
  const got = acknowledging(bus, 't.mismatch.x');
  await bus.publish('t.mismatch.x', message('consumed all the same'));
  await until(() => got.length === 1, { what: 'the message' });
});
