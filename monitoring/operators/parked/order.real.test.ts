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

const steer = (id: string, verb: 'start' | 'cancel'): Promise<void> =>
  steerOrder(database, { id, verb, reach: null, operator: wish.operator, reason: wish.reason });

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
  expect(await countOf(`order_id = '${few}' and active`)).toBe(ofFew);
  expect(await countOf(`order_id = '${all}' and code = 'in-another-order'`)).toBe(ofFew);
  expect(await countOf(`order_id = '${all}' and active`)).toBe(ofAll - ofFew);
  await steer(all, 'cancel');
  expect(await countOf(`order_id = '${all}' and (active or state <> 'skipped')`)).toBe(0);
  expect(await countOf(`order_id = '${few}' and active`)).toBe(ofFew);
});

/** What PostgreSQL has counted: entries read of the index of what orders have in their hands, and items changed. */
const counted = async (): Promise<{ readonly read: number; readonly changed: number }> => {
  const { rows } = await owner.query<{ read: string; changed: string }>(
    `select pg_stat_get_tuples_returned('delivery.parked_item_row_id_idx'::regclass) as read,
       pg_stat_get_tuples_updated('delivery.parked_item'::regclass) as changed`,
  );
  return { read: Number(rows[0]?.read), changed: Number(rows[0]?.changed) };
};

it('looks for what another order has item by item, and not through all that are in hand at each step', async () => {
  const all = await planOrder(database, wish);
  // Nothing is in hand: the planner then expects that reading all of it costs nothing.
  await owner.query('update delivery.parked_item set active = false');
  await owner.query('vacuum analyze delivery.parked_item');
  await owner.query('select pg_stat_force_next_flush()');
  const before = await counted();
  await steer(all, 'start');
  const items = parkedCount - 1 + laterCount;
  // A session tells both in one.
  const isTold = async (): Promise<boolean> => {
    await database.scoped('*', (trx) => sql`select pg_stat_force_next_flush()`.execute(trx));
    return (await counted()).changed - before.changed >= items;
  };
  await until(isTold, { what: 'PostgreSQL to tell what it counted' });
  expect((await counted()).read - before.read).toBeLessThanOrEqual(items);
});
