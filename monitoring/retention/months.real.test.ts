import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { Client } from 'pg';
import { layMonths } from '#infra/seed/months.js';
import { envelopeOf, keysOfTest, stepOf } from '#infra/testing/audit-records.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { batchOf } from '../collect/contents.js';
import { storeBatch } from '../collect/store.js';
import { readKeeping } from './keeping.js';
import { forget } from './retention.js';

let fresh: FreshDatabase;
let database: Database;

const dayMs = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * dayMs).toISOString();

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
  const owner = new Client({ connectionString: fresh.url });
  await owner.connect();
  await owner.query(`select set_config('app.tenant', '*', false)`);
  await layMonths(owner, 200);
  await owner.end();
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

it('lets a month of steps go whole, keeps those of messages that have not ended, and makes the months to come', async () => {
  const envelopes = [150, 150, 1].map((age, index) =>
    envelopeOf(40_000 + index, { acceptedAt: daysAgo(age), targets: ['topdesk'] }),
  );
  const steps = envelopes.map((envelope, index) =>
    stepOf(envelope, { status: index === 1 ? 'parked' : 'delivered', at: envelope.acceptedAt }),
  );
  await storeBatch(database, batchOf(steps), keysOfTest);
  const months = () =>
    database.scoped('*', async (trx) => {
      const { rows } = await sql<{ name: string; until: Date }>`
        select name, until from monitoring.step_month order by until`.execute(trx);
      return rows;
    });
  const before = await months();
  expect(await forget(database, readKeeping({}))).toMatchObject({ steps: 0, stepMonths: 1 });
  const after = await months();
  expect(after.length).toBeLessThan(before.length);
  const edge = Date.now() - 90 * dayMs;
  expect(after.filter(({ until }) => until.getTime() <= edge)).toEqual([]);
  expect(after.at(-1)!.until.getTime()).toBeGreaterThan(Date.now() + 58 * dayMs);
  const left = await database.scoped('*', async (trx) => {
    const { rows } = await sql<{ message: string; place: string }>`
      select message, tableoid::regclass::text as place from monitoring.step order by at`.execute(
      trx,
    );
    return rows;
  });
  expect(left.map(({ message }) => message)).toEqual([envelopes[1]!.id, envelopes[2]!.id]);
  expect(left[0]!.place).toBe('monitoring.step_apart');
  await storeBatch(database, batchOf([stepOf(envelopes[1]!, { sequence: 2 })]), keysOfTest);
  expect(await forget(database, readKeeping({}))).toMatchObject({ steps: 2 });
});
