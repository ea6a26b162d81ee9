import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connect } from 'amqplib';
import { closeConnections, freshVhost, queueDepth, type FreshVhost } from './broker.js';
import { until } from './until.js';

let vhost: FreshVhost;
beforeAll(async () => {
  vhost = await freshVhost();
});
afterAll(() => vhost.drop());

it('counts what is ready in a queue, at once', async () => {
  const connection = await connect(vhost.url);
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue('work', { arguments: { 'x-queue-type': 'quorum' } });
  for (const text of ['a', 'b', 'c']) channel.sendToQueue('work', Buffer.from(text));
  await channel.waitForConfirms();
  expect(await queueDepth(vhost, 'work')).toBe(3);
  await connection.close();
});

it('refuses to count a queue that is not there', async () => {
  await expect(queueDepth(vhost, 'nowhere')).rejects.toThrow('no queue');
});

it('cuts the connections of its own virtual host only', async () => {
  const other = await freshVhost();
  const [cut, kept] = await Promise.all([connect(vhost.url), connect(other.url)]);
  const closed: string[] = [];
  cut.on('error', () => undefined).on('close', () => closed.push('cut'));
  kept.on('close', () => closed.push('kept'));
  expect(await closeConnections(vhost)).toBe(1);
  await until(() => closed.includes('cut'), { what: 'the connection is cut' });
  expect(closed).toEqual(['cut']);
  await kept.close();
  await other.drop();
});
