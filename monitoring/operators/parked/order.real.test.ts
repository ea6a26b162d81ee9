import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { planOrder } from './order.js';
import { readOrder, readOrders } from './orders.js';
import { steerOrder } from './steer.js';

const parkedCount = 1_700;
const laterCount = 50;
const asking = { reach: null, language: 'nl' } as const;
const wish = {
  act: 'replay',
  selection: { tenant: 'aalter' },
  reach: null,
  operator: 'an.voorbeeld',
  reason: 'hersteld',
} as const;

let fresh: FreshDatabase;
let database: Database;
let owner: pg.Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
  owner = new pg.Client(fresh.url);
  await owner.connect();
  await park(parkedCount);
});
afterAll(async () => {
  await owner.end();
  await database.close();
  await fresh.drop();
});

const park = async (count: number): Promise<void> => {
  await owner.query(
    `insert into delivery.waiting (tenant, target, subject, message, state, due_at, attempt, sequence, code, envelope, body)
     select 'aalter', case when n <= 600 then 'topdesk' else 'loket' end, 'melding-' || n, gen_random_uuid(), 'parked', clock_timestamp(), 1, 1, 'unknown-value', '{}', '\\x00'
     from generate_series(1, $1::int) n`,
    [count],
  );
};

const countOf = async (condition: string): Promise<number> => {
  const { rows } = await owner.query<{ count: string }>(
    `select count(*) from delivery.parked_item where ${condition}`,
  );
  return Number(rows[0]?.count);
};

/** Somebody waits for a lock of the table of items. */
const isAtItems = async (): Promise<boolean> => {
  const { rows } = await owner.query(
    `select from pg_locks where not granted and relation = 'delivery.parked_item'::regclass`,
  );
  return rows.length > 0;
};

const steering = { reach: null, operator: wish.operator, reason: wish.reason };
const steer = (id: string, verb: 'start' | 'cancel'): Promise<void> =>
  steerOrder(database, { ...steering, id, verb });

it('writes down what is parked when it begins, however long that takes, and shows nothing of it before it is whole', async () => {
  await owner.query('begin');
  await owner.query('lock table delivery.parked_item in share mode');
  const planning = planOrder(database, wish);
  await until(isAtItems, { what: 'the order to be written down' });
  expect(await readOrders(database, { limit: 10 }, asking)).toEqual([]);
  await park(laterCount);
  await owner.query(`update delivery.waiting set state = 'waiting' where id = 1700`);
  await owner.query(`update delivery.waiting set sequence = 2 where id = 1600`);
  await owner.query('commit');
  const { plan } = await readOrder(database, await planning, asking);
  expect(plan).toMatchObject({ messages: parkedCount - 2, subjects: parkedCount - 2 });
  expect(await countOf('row_id > 1700 or row_id in (1600, 1700)')).toBe(0);
});

it('takes all of an order into its hands when it starts, but what another has, and lets go of all when it is cancelled', async () => {
  const few = await planOrder(database, { ...wish, selection: { target: 'topdesk' } });
  const all = await planOrder(database, wish);
  await steer(few, 'start');
  await steer(all, 'start');
  const [ofFew, ofAll] = [600 + laterCount, parkedCount - 1 + laterCount];
  expect(await countOf(`order_id = '${few}' and state = 'selected'`)).toBe(ofFew);
  expect(await countOf(`order_id = '${all}' and code = 'in-another-order'`)).toBe(ofFew);
  expect(await countOf(`order_id = '${all}' and state = 'selected'`)).toBe(ofAll - ofFew);
  await steer(all, 'cancel');
  expect(await countOf(`order_id = '${all}' and state <> 'skipped'`)).toBe(0);
  expect(await countOf(`order_id = '${few}' and state = 'selected'`)).toBe(ofFew);
  await steer(few, 'cancel');
});

it('gives each message to one of two orders that start at the same moment', async () => {
  const orders = [await planOrder(database, wish), await planOrder(database, wish)];
  await Promise.all(orders.map((id) => steer(id, 'start')));
  const ofAny = `order_id in ('${orders.join("', '")}')`;
  const parked = parkedCount - 1 + laterCount;
  expect(await countOf(`${ofAny} and state = 'selected'`)).toBe(parked);
  expect(await countOf(`${ofAny} and code = 'in-another-order'`)).toBe(parked);
  for (const id of orders) await steer(id, 'cancel');
});

/** Index entries and rows of the items that PostgreSQL has counted as read. */
const readings = async (): Promise<number> => {
  const { rows } = await owner.query<{ read: string }>(`
    select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'parked_item')
      + (select seq_tup_read from pg_stat_user_tables where relname = 'parked_item') as read`);
  return Number(rows[0]?.read);
};

it('finds what another order has in one look at the items of the same rows', async () => {
  const id = await planOrder(database, wish);
  const single = openDatabase({ url: fresh.url, log: createLog('test', 'silent'), poolSize: 1 });
  // Each connection tells what it read when it ends, or is asked to.
  const told = (): Promise<unknown> =>
    single.scoped('*', (trx) => sql`select pg_stat_force_next_flush()`.execute(trx));
  const orders = await countOf(`row_id = 1`);
  const before = await readings();
  await steerOrder(single, { ...steering, id, verb: 'start' });
  await told();
  const items = parkedCount - 1 + laterCount;
  // Each a few times, with those of all orders about the same row.
  expect((await readings()) - before).toBeLessThanOrEqual((orders + 5) * items);
  await single.close();
});
