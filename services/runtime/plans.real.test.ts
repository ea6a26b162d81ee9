import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, type DatabaseOptions } from './database.js';
import { createLog } from './log.js';

let fresh: FreshDatabase;
let owner: pg.Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  owner = new pg.Client({ connectionString: fresh.url });
  await owner.connect();
  await owner.query(`select set_config('app.tenant', '*', false)`);
  await owner.query('alter table delivery.reference set (autovacuum_enabled = false)');
});
afterAll(async () => {
  await owner.end();
  await fresh.drop();
});

/** How often the table was read, and how many rows were read in reading it whole. */
const readings = async (): Promise<{ readonly times: number; readonly whole: number }> => {
  await owner.query('select pg_stat_clear_snapshot()');
  const { rows } = await owner.query<{ times: string; whole: string }>(
    `select seq_scan + idx_scan as times, seq_tup_read as whole from pg_stat_user_tables where relname = 'reference'`,
  );
  return { times: Number(rows[0]?.times), whole: Number(rows[0]?.whole) };
};

/** Rows that were read in reading the table whole, to find one by its key ten times after it had grown from nothing to 3,000. */
const readAfterGrowing = async (options: Partial<DatabaseOptions>): Promise<number> => {
  await owner.query('delete from delivery.reference');
  await owner.query('vacuum analyze delivery.reference');
  const before = await readings();
  const log = createLog('test', 'silent');
  const database = openDatabase({ url: fresh.url, log, poolSize: 1, ...options });
  const findTenTimes = async (): Promise<void> => {
    for (let time = 0; time < 10; time += 1)
      await database.scoped('*', (trx) =>
        sql<object>`select subject from delivery.reference
          where tenant = ${'aalter'} and target = ${'t'} and external_id = ${'1'}`.execute(trx),
      );
  };
  await findTenTimes();
  await owner.query(`insert into delivery.reference (tenant, target, external_id, subject)
    select 'aalter', 't', n::text, n::text from generate_series(1, 3000) n`);
  await findTenTimes();
  // What a connection has read is told when it ends.
  await database.close();
  const after = await until(
    async () => {
      const now = await readings();
      return now.times >= before.times + 20 ? now : null;
    },
    { what: 'all twenty were counted' },
  );
  return after.whole - before.whole;
};

const never = 3_600_000;

it.each([
  ['plans are made anew', { plansKeptMs: 0 }],
  ['no table may be read whole', { byKey: true, plansKeptMs: never }],
] as const)('finds a row by its key in a table that has grown, as %s', async (_how, options) => {
  expect(await readAfterGrowing(options)).toBe(0);
});

it('would read the whole table by the plan of when it was empty', async () => {
  expect(await readAfterGrowing({ plansKeptMs: never })).toBe(30_000);
});
