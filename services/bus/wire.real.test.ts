import { afterEach, expect, it } from '@jest/globals';
import { listenIn } from '#infra/testing/amqp-wire.js';
import { message, useBroker } from '#infra/testing/bus.js';
import { until } from '#infra/testing/until.js';
import { setAside } from './aside.js';

/**
 * What we say to a broker is the same on every version; here is all of it, by the numbers of AMQP 0-9-1. Of what later
 * versions deny or treat otherwise nothing is among it: basic.nack (60.120: not counted from 4.3 on), basic.recover,
 * transactions, exchanges, bindings.
 */
const said: Readonly<Record<string, string>> = {
  '10.11': 'connection.start-ok',
  '10.31': 'connection.tune-ok',
  '10.40': 'connection.open',
  '10.50': 'connection.close',
  '10.51': 'connection.close-ok',
  '20.10': 'channel.open',
  '20.40': 'channel.close',
  '20.41': 'channel.close-ok',
  '50.10': 'queue.declare',
  '60.10': 'basic.qos',
  '60.20': 'basic.consume',
  '60.40': 'basic.publish',
  '60.80': 'basic.ack',
  '60.90': 'basic.reject',
  '85.10': 'confirm.select',
};
const broker = useBroker();
const wires: { close: () => void }[] = [];
afterEach(() => wires.splice(0).forEach((wire) => wire.close()));

/** Flags of a queue.declare: after a reserved short and the name. */
const declareFlags = (content: Buffer): number => content[3 + (content[2] ?? 0)] ?? -1;
const passive = 0b1;
const durable = 0b10;

it('says nothing to the broker that any version from 3.10 to 4.3 denies', async () => {
  const wire = await listenIn(broker.vhost.url);
  wires.push(wire);
  const bus = await broker.connected({ url: wire.url });
  await bus.ensureQueues(['t.wire.x', 'audit']);
  let times = 0;
  let mine = true;
  const options = { prefetch: 3, mayTake: () => mine };
  const consumer = bus.consume('t.wire.x', options, async (delivery) => {
    times += 1;
    if (times === 1) delivery.release();
    else if (times === 2) await setAside(bus, delivery, 'to see what is said');
    else delivery.ack();
  });
  await bus.publish('t.wire.x', message('released, then set aside'));
  await until(() => times === 2, { what: 'the message again' });
  mine = false;
  await bus.publish('t.wire.x', message('stepped aside from'));
  mine = true;
  await until(() => times === 3, { what: 'the second message' });
  await bus.countMessages(['t.wire.x', 't.missing.x']);
  await expect(bus.publish('t.missing.x', message('unroutable'))).rejects.toThrow();
  await consumer.pause();
  consumer.resume();
  await until(() => consumer.seated, { what: 'consuming again' });
  await bus.close();

  const methods = wire.methods();
  expect([...new Set(methods.map(({ method }) => said[method] ?? method))].sort()).toEqual(
    expect.arrayContaining(['basic.ack', 'basic.consume', 'basic.publish', 'basic.reject']),
  );
  expect(methods.filter(({ method }) => said[method] === undefined)).toEqual([]);
  for (const { method, content } of methods) {
    // Durable, or a question whether it is there; never exclusive, auto-delete: transient queues are denied from 4.3 on.
    if (method === '50.10') expect(declareFlags(content) & ~passive).toBe(durable);
    // Prefetch size, prefetch count, global: for each consumer alone, as global is denied from 4.3 on.
    if (method === '60.10') expect([content.readUInt32BE(0), content[6]]).toEqual([0, 0]);
  }
});
