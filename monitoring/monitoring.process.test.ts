import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { acceptedPublication } from '#bus/audit.js';
import { connectBus, type Bus } from '#bus/connection.js';
import { auditQueue } from '#bus/topology.js';
import { envelopeOf } from '#infra/testing/audit-records.js';
import { newStack, type Stack } from '#infra/testing/processes.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
const log = createLog('test', 'silent');
const total = 3_000;
let stack: Stack;
let bus: Bus;
let database: Database;

beforeAll(async () => {
  stack = await newStack();
  await stack.applyDemoTenants();
  database = openDatabase({ url: stack.database.url, log });
  bus = connectBus({ url: stack.vhost.url, name: 'test', log });
  await bus.ready(10_000);
  await bus.ensureQueues([auditQueue]);
});
afterAll(async () => {
  await bus.close();
  await database.close();
  await stack.end();
});

const stored = async (): Promise<number> => {
  const { count } = await database.scoped('*', (trx) =>
    trx
      .selectFrom('monitoring.message')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow(),
  );
  return Number(count);
};

it('stores every record once though it is killed in the middle, and stops within its time', async () => {
  const first = await stack.start('monitoring');
  const publishing = Promise.all(
    Array.from({ length: total }, (_, number) =>
      bus.publish(auditQueue, acceptedPublication(envelopeOf(number), Buffer.from('sealed'))),
    ),
  );
  await until(async () => (await stored()) > 100, { what: 'the first batches' });
  await first.kill();
  await publishing;
  expect(await stored()).toBeLessThan(total);
  const second = await stack.start('monitoring');
  await until(async () => (await stored()) === total, { what: 'all', timeoutMs: 30_000 });
  await until(async () => (await bus.countMessages([auditQueue])).get(auditQueue) === 0, {
    what: 'an empty queue',
  });
  expect(await second.stop()).toBe(0);
  const wrong = second.log().filter(({ level }) => level === 'error' || level === 'fatal');
  expect(wrong).toEqual([]);
});
