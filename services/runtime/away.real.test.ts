import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { startProxy, type Proxy } from '#infra/testing/delivery/proxy.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, type Database } from './database.js';
import { DatabaseUnavailable } from './database-unavailable.js';
import { createLog } from './log.js';

jest.setTimeout(60_000);
const log = createLog('test', 'silent');
let fresh: FreshDatabase;
let owner: pg.Client;
let line: Proxy;
const open: Database[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  owner = new pg.Client({ connectionString: fresh.url });
  await owner.connect();
  line = await startProxy(fresh.url);
});
afterAll(async () => {
  for (const database of open) await database.close();
  await owner.end();
  await line.close();
  await fresh.drop();
});

const opened = (url: string, statementTimeoutMs = 500): Database => {
  const database = openDatabase({ url, log, statementTimeoutMs });
  open.push(database);
  return database;
};
const ask = (database: Database, seconds = 0): Promise<unknown> =>
  database.scoped('*', (trx) => sql`select pg_sleep(${seconds})`.execute(trx));
const failing = async (work: Promise<unknown>): Promise<DatabaseUnavailable> => {
  const outcome: unknown = await work.then(
    () => new Error('it worked'),
    (error: unknown) => error,
  );
  if (outcome instanceof DatabaseUnavailable) return outcome;
  throw new Error('not as unavailable', { cause: outcome });
};

it('[postgres-silent] gives up a statement that gets no answer at all, and works on a new connection afterwards', async () => {
  const database = opened(line.url);
  await Promise.all(Array.from({ length: 5 }, () => ask(database)));
  line.silence();
  const { message } = await failing(ask(database));
  expect(message).toBe('PostgreSQL does not answer (ETIMEDOUT)');
  expect(database.problem()).toBe(message);
  line.join();
  // On none of the connections from before: each would be silent in its turn.
  const startedAt = performance.now();
  await ask(database);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  await until(() => ask(database).then(() => database.problem() === null), { what: 'no problem' });
});

it('[postgres-silent] hears notifications again after its connection went silent without a word', async () => {
  const database = opened(line.url);
  const heard: string[] = [];
  const stop = database.listen('lbbus_silent', (payload) => heard.push(payload));
  await until(() => heard.length === 1, { what: 'the first connection' });
  line.silence();
  await owner.query(`notify lbbus_silent, 'lost'`);
  line.join();
  await until(() => heard.length === 2, { what: 'the second connection' });
  await owner.query(`notify lbbus_silent, 'again'`);
  await until(() => heard.includes('again'), { what: 'the notification' });
  expect(heard).not.toContain('lost');
  await stop();
});

it('[postgres-slow] takes a statement over its time for a PostgreSQL that is too slow, and goes on', async () => {
  const database = opened(fresh.url);
  expect((await failing(ask(database, 5))).message).toBe('PostgreSQL is too slow (57014)');
  await ask(database);
});

it('[postgres-transaction-left-open] does not take a lock that another holds for a slow PostgreSQL', async () => {
  const database = opened(fresh.url);
  await owner.query('begin');
  await owner.query('select pg_advisory_xact_lock(4711)');
  const locked = database.scoped('*', (trx) =>
    sql`select pg_advisory_xact_lock(4711)`.execute(trx),
  );
  expect(await failing(locked)).toMatchObject({ code: '55P03', forAll: false });
  expect(database.problem()).toBeNull();
  await owner.query('rollback');
});

it('[postgres-transaction-left-open] lets PostgreSQL end what a frozen process leaves open', async () => {
  const database = opened(fresh.url);
  const { rows } = await database.scoped('*', (trx) =>
    sql<{ setting: string }>`
      select setting from pg_settings where name = 'idle_in_transaction_session_timeout'`.execute(
      trx,
    ),
  );
  expect(Number(rows[0]?.setting)).toBe(45_000);
  const left = database.scoped('*', async (trx) => {
    await sql`set local idle_in_transaction_session_timeout = 100`.execute(trx);
    await until(() => leftOpen().then((count) => count === 0), { what: 'the session to be ended' });
    await sql`select 1`.execute(trx);
  });
  expect(await failing(left)).toBeInstanceOf(DatabaseUnavailable);
  await ask(database);
});

const leftOpen = async (): Promise<number> => {
  const { rows } = await owner.query<{ count: string }>(
    `select count(*) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`,
  );
  return Number(rows[0]?.count);
};

it('[postgres-connections] says that PostgreSQL has no connection left, and works when it has', async () => {
  const login = `lbbus_few_${process.pid}_${Date.now()}`;
  await owner.query(
    `create role ${login} login password 'few' connection limit 0 in role lbbus_app`,
  );
  const url = new URL(fresh.url);
  url.username = login;
  url.password = 'few';
  const database = opened(url.href);
  expect((await failing(ask(database))).code).toBe('53300');
  expect(database.problem()).toBe('PostgreSQL has no connection left (53300)');
  await owner.query(`alter role ${login} connection limit 5`);
  await ask(database);
  await database.close();
  open.splice(open.indexOf(database), 1);
  await owner.query(`drop role ${login}`);
});

it('[postgres-login] waits for a login that PostgreSQL accepts', async () => {
  const login = `lbbus_other_${process.pid}_${Date.now()}`;
  await owner.query(`create role ${login} nologin in role lbbus_app`);
  const url = new URL(fresh.url);
  url.username = login;
  url.password = 'any';
  const database = opened(url.href);
  expect((await failing(ask(database))).message).toContain('does not accept the login');
  await owner.query(`alter role ${login} login password 'any'`);
  await ask(database);
  await database.close();
  open.splice(open.indexOf(database), 1);
  await owner.query(`drop role ${login}`);
});

it('[postgres-read-only] says that PostgreSQL takes no writes, and reads on', async () => {
  const database = opened(fresh.url);
  const write = () =>
    database.scoped('*', async (trx) => {
      await sql`set local transaction_read_only = on`.execute(trx);
      await trx
        .insertInto('delivery.hold')
        .values({ tenant: 'aalter', target: 't', code: 'c', detail: 'd', held_by: 'bus' })
        .execute();
    });
  expect((await failing(write())).code).toBe('25006');
  expect(database.problem()).toContain('takes no writes');
  await ask(database);
  expect(database.problem()).toContain('takes no writes');
});
