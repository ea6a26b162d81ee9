import { expect, it } from '@jest/globals';
import { message, textOf, useBroker } from '#infra/testing/bus.js';
import { until } from '#infra/testing/until.js';
import type { Delivery } from './delivery.js';
import type { Publication } from './window.js';

const broker = useBroker();
const shared = (text: string): Publication => ({
  body: Buffer.from(text, 'utf8'),
  headers: { 'lb-record': text.slice(0, 9) },
  properties: {
    messageId: `id of ${text.slice(0, 9)}`,
    type: 'melding',
    contentType: 'text/plain',
  },
  mayShare: true,
});
const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `één ${at}`);

it('is one message of the broker for what came together, and what was published for whoever consumes it', async () => {
  const bus = await broker.connected();
  await bus.ensureQueues(['audit']);
  const depth = async () => (await bus.countMessages(['audit'])).get('audit');
  const large = 'x'.repeat(40 * 1024);
  // 32 go as one, then as many as weigh 64 KB; what comes in a later turn goes on its own.
  const sent = [...names(40), `${large}1`, `${large}2`];
  await Promise.all(sent.map((text) => bus.publish('audit', shared(text))));
  expect(await depth()).toBe(3);
  await bus.publish('audit', message('alone'));
  expect(await depth()).toBe(4);

  const came: Delivery[] = [];
  bus.consume('audit', { prefetch: 5 }, (delivery) => void came.push(delivery));
  await until(() => came.length === 43, { what: 'all of them' });
  expect(came.map(textOf).sort()).toEqual([...sent, 'alone'].sort());
  for (const delivery of came.filter((one) => textOf(one) !== 'alone')) {
    const { body, headers, properties } = shared(textOf(delivery));
    expect(delivery).toMatchObject({ headers, properties, redelivered: false });
    expect(delivery.body.equals(body)).toBe(true);
  }
  for (const delivery of came) delivery.ack();
  await until(async () => (await depth()) === 0, { what: 'all gone' });
});

it('comes again as a whole where one of it is given back, and has gone once each of it is done', async () => {
  const bus = await broker.connected();
  await bus.ensureQueues(['audit']);
  await Promise.all(names(3).map((text) => bus.publish('audit', shared(text))));
  const came: Delivery[] = [];
  const consumer = bus.consume('audit', { prefetch: 1 }, (delivery) => void came.push(delivery));
  await until(() => came.length === 3, { what: 'the three' });
  await bus.publish('audit', message('next'));
  came.slice(0, 3).forEach((delivery, at) => (at === 1 ? delivery.release() : delivery.ack()));
  await until(() => came.length === 6, { what: 'the three again' });
  expect(came.slice(3).map(({ redelivered }) => redelivered)).toEqual([true, true, true]);
  came[3]?.ack();
  came[4]?.ack();
  expect(came).toHaveLength(6);
  came[5]?.ack();
  await until(() => came.length === 7, { what: 'what comes after them' });
  came[6]?.ack();
  await consumer.pause();
  expect((await bus.countMessages(['audit'])).get('audit')).toBe(0);
});

it('is handed over as it is where it cannot be taken apart', async () => {
  const bus = await broker.connected();
  await bus.ensureQueues(['audit']);
  const damaged = [
    ...[3, 900, -1, 'two'].map((length) => ({ length, text: '[]x' })),
    ...['[{"length":1}]', '[null]', '[{"headers":{},"properties":null,"length":1}]'].map(
      (list) => ({ length: list.length, text: `${list}x` }),
    ),
  ];
  for (const { length, text } of damaged)
    await bus.publish('audit', {
      body: Buffer.from(text),
      headers: { 'lb-parcel': length },
      properties: {},
    });
  const came: string[] = [];
  bus.consume('audit', { prefetch: 9 }, (delivery) => {
    came.push(textOf(delivery));
    delivery.ack();
  });
  await until(() => came.length === damaged.length, { what: 'all' });
  expect(came).toEqual(damaged.map(({ text }) => text));
});

it('refuses each of it where the broker has no such queue', async () => {
  const bus = await broker.connected();
  const refused = await Promise.allSettled(
    names(3).map((text) => bus.publish('t.nowhere.x', shared(text))),
  );
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});
