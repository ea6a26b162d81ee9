import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { planOrder } from '../../../monitoring/operators/parked/order.js';
import { steerOrder } from '../../../monitoring/operators/parked/steer.js';
import { openDatabase, type Database, type Scoped } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { leaseOrders, stillRuns, type Order } from './store/orders.js';
import { leaseHeads, linesWithDue } from '../store/rows.js';
import { readProgress, seeOutcomes } from './store/outcomes.js';
import { releaseItems } from './store/release.js';
import { linesLeft, nextOf } from './store/take.js';
import { allTold, releasedRows } from './store/untold.js';

const large = 5_000;
const releasedAtOnce = 10;
/** Index entries and rows that a step may read to release that many, however large the order is. */
const fewReadings = 300;
const underWay = 200;
const me = randomUUID();
const tables = `('waiting', 'parked_item')`;

let fresh: FreshDatabase;
let owner: pg.Client;
let monitoring: Database;
let delivery: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  owner = new pg.Client({ connectionString: fresh.url });
  await owner.connect();
  const session = { url: fresh.url, log: createLog('test', 'silent'), poolSize: 1 };
  monitoring = openDatabase(session);
  delivery = openDatabase({ ...session, byKey: true });
  await owner.query(`select set_config('app.tenant', '*', false)`);
  for (const table of ['waiting', 'parked_item', 'effect'])
    await owner.query(`alter table delivery.${table} set (autovacuum_enabled = false)`);
});
afterAll(async () => {
  await Promise.all([owner.end(), monitoring.close(), delivery.close()]);
  await fresh.drop();
});

/** Parks messages about as many things at a target, and starts an order about all of them. */
const orderOf = async (count: number, target: string): Promise<Order> => {
  await owner.query(
    `insert into delivery.waiting (tenant, target, subject, message, state, due_at, attempt, sequence, code, envelope, body)
     select 'aalter', $1, 'urn:x:' || n, gen_random_uuid(), 'parked', now(), 1, 1, 'unknown-value', '{}', ''
     from generate_series(1, $2::int) n`,
    [target, count],
  );
  const who = { reach: null, operator: 'an.voorbeeld', reason: 'hersteld' };
  const id = await planOrder(monitoring, { ...who, act: 'replay', selection: { target } });
  await steerOrder(monitoring, { ...who, id, verb: 'start' });
  return { id, act: 'replay', state: 'running', rate: 10, stop_percent: 100 };
};

const readings = async (): Promise<number> => {
  const { rows } = await owner.query<{ read: string }>(`
    select pg_stat_clear_snapshot(), (select sum(idx_tup_read) from pg_stat_user_indexes where relname in ${tables})
      + (select sum(seq_tup_read) from pg_stat_user_tables where relname in ${tables}) as read`);
  return Number(rows[0]?.read);
};

const release = async (trx: Scoped, order: Order): Promise<void> => {
  const lines = [{ tenant: 'aalter', target: 'topdesk' }];
  const taken = await nextOf(trx, order, { lines, perLine: 20, limit: releasedAtOnce });
  expect(await releaseItems(trx, order, taken, 60_000)).toBe(releasedAtOnce);
};

type Steps = Readonly<Record<string, (trx: Scoped) => Promise<unknown>>>;

/** What each of these steps of delivery reads. */
const readBy = async (steps: Steps): Promise<readonly (readonly [string, number])[]> => {
  const read: (readonly [string, number])[] = [];
  for (const [name, step] of Object.entries(steps)) {
    const before = await readings();
    await delivery.scoped('*', async (trx) => {
      await step(trx);
      await sql`select pg_stat_force_next_flush()`.execute(trx);
    });
    read.push([name, (await readings()) - before]);
  }
  return read;
};

it('reads little at each step of a large order, in tables in which all orders were small', async () => {
  for (let small = 0; small < 20; small += 1) await orderOf(5, `archief-${small}`);
  await owner.query('analyze delivery.waiting, delivery.parked_item');
  const order = await orderOf(large, 'topdesk');
  const read = await readBy({
    lease: (trx) => leaseOrders(trx, me, 60_000),
    look: (trx) => linesLeft(trx, order),
    see: (trx) => stillRuns(trx, order, me),
    release: (trx) => release(trx, order),
    tell: async (trx) => {
      await releasedRows(trx, order);
      await allTold(trx, order);
    },
    count: async (trx) => {
      await seeOutcomes(trx, order);
      await readProgress(trx, order);
    },
  });
  expect(read.filter(([, count]) => count >= fewReadings)).toEqual([]);
});

/** Lets the first of an order be delivered, and those behind them be on their way. */
const bringOn = async ({ id }: Order, delivered: number, released: number): Promise<void> => {
  const first = (count: number) =>
    `(select row_id from delivery.parked_item where order_id = '${id}' and state = 'selected' order by row_id limit ${count})`;
  const told = `watched = message, released_sequence = 2, told = true`;
  await owner.query(`delete from delivery.waiting where id in ${first(delivered)}`);
  await owner.query(
    `update delivery.parked_item set state = 'delivered', ended_at = now(), ${told} where row_id in ${first(delivered)}`,
  );
  await owner.query(
    `update delivery.waiting set state = 'waiting', attempt = 0, sequence = 2, due_at = now() where id in ${first(released)}`,
  );
  await owner.query(
    `update delivery.parked_item set state = 'released', ${told} where row_id in ${first(released)}`,
  );
};

it('reads what is on its way and no more, however much was delivered, where the planner was told that nothing waits', async () => {
  const target = 'wegen';
  const order = await orderOf(large, target);
  await owner.query(`delete from delivery.waiting where state <> 'parked'`);
  await owner.query('vacuum analyze delivery.waiting, delivery.parked_item');
  await bringOn(order, 3_000, underWay);
  const line = { tenant: 'aalter', target };
  const others = Array.from({ length: 80 }, (_, number) => ({
    line: { ...line, target: `archief-${number}` },
    overdueMs: 0,
  }));
  const lease = { lease: me, leaseMs: 60_000, limit: 5, early: false };
  const steps: Steps = {
    progress: (trx) => readProgress(trx, order),
    heads: (trx) => leaseHeads(trx, line, lease),
    due: (trx) => linesWithDue(trx, others),
  };
  // Who comes first passes by what has gone, and marks it.
  await readBy(steps);
  const read = await readBy(steps);
  expect(read.filter(([, count]) => count >= 10 * underWay)).toEqual([]);
});
