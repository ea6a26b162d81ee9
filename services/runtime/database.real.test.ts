import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { freshDatabase } from '#infra/testing/database.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, scopeOf, type Database } from './database.js';
import { createLog } from './log.js';
import { last, unread } from './riding.js';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
}, 60_000);

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const hold = (tenant: string) => ({ tenant, target: 't', code: 'c', detail: 'd', held_by: 'bus' });
const holdsSeenBy = (scope: string) =>
  database.scoped(scope, (trx) => trx.selectFrom('delivery.hold').select('tenant').execute());

it('lets a scope see and write its own tenant only', async () => {
  await database.scoped('*', (trx) =>
    trx
      .insertInto('delivery.hold')
      .values([hold('aalter'), hold('beringen')])
      .execute(),
  );
  expect(await holdsSeenBy('aalter')).toEqual([{ tenant: 'aalter' }]);
  expect(await holdsSeenBy('*')).toHaveLength(2);
  expect(await holdsSeenBy('')).toEqual([]);
  expect(await holdsSeenBy(scopeOf(['beringen', 'genk', 'beringen']))).toEqual([
    { tenant: 'beringen' },
  ]);
  expect(await holdsSeenBy(scopeOf(['beringen', 'aalter']))).toHaveLength(2);
  await expect(
    database.scoped('aalter', (trx) =>
      trx
        .insertInto('delivery.hold')
        .values({ ...hold('beringen'), target: 'u' })
        .execute(),
    ),
  ).rejects.toThrow('row-level security');
});

it('rolls back when the work throws', async () => {
  const work = database.scoped('maaseik', async (trx) => {
    await trx.insertInto('delivery.hold').values(hold('maaseik')).execute();
    throw new Error('half-way');
  });
  await expect(work).rejects.toThrow('half-way');
  expect(await holdsSeenBy('maaseik')).toEqual([]);
});

it.each(['an insert', 'nothing'])(
  'tells the failure of a statement whose answer nobody reads with what follows it, be it %s, and rolls back',
  async (following) => {
    const work = database.scoped('genk', async (trx) => {
      await trx.insertInto('delivery.hold').values(hold('genk')).execute();
      await unread(sql`select 1 / 0`).execute(trx);
      if (following === 'an insert')
        await trx
          .insertInto('delivery.hold')
          .values({ ...hold('genk'), target: 'u' })
          .execute();
    });
    await expect(work).rejects.toThrow('division by zero');
    expect(await holdsSeenBy('genk')).toEqual([]);
  },
);

it('commits with the last statement, rolls back where that fails, and takes none after it', async () => {
  const insert = (target: string) => sql<{ target: string }>`
    insert into delivery.hold (tenant, target, code, detail, held_by) values ('lier', ${target}, 'c', 'd', 'bus')
    returning target`;
  const { rows } = await database.scoped('lier', (trx) => last(insert('t')).execute(trx));
  expect(rows).toEqual([{ target: 't' }]);
  const twice = database.scoped('lier', async (trx) => {
    await insert('u').execute(trx);
    await last(insert('t')).execute(trx);
  });
  await expect(twice).rejects.toThrow('duplicate key');
  const after = database.scoped('lier', async (trx) => {
    await last(insert('v')).execute(trx);
    await insert('w').execute(trx);
  });
  await expect(after).rejects.toThrow('after the last statement came another');
  const held = await database.scoped('lier', (trx) =>
    trx.selectFrom('delivery.hold').select('target').orderBy('target').execute(),
  );
  expect(held.map(({ target }) => target)).toEqual(['t', 'v']);
});

it('goes on listening after its connection was cut, and calls back once to say so', async () => {
  const heard: string[] = [];
  const stop = database.listen('lbbus_test', (payload) => heard.push(payload));
  const admin = new pg.Client({ connectionString: fresh.url });
  await admin.connect();
  await until(() => heard.length === 1, { what: 'the first connection' });
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where query like 'listen%' and datname = current_database()`);
  await until(() => heard.length === 2, { what: 'the second connection' });
  await admin.query(`notify lbbus_test, 'again'`);
  await until(() => heard.includes('again'), { what: 'the notification' });
  await stop();
  await admin.end();
});

it('lets work wait for a connection as long as others use them all, and does not call that an outage', async () => {
  const busy = openDatabase({
    url: fresh.url,
    log: createLog('test', 'silent'),
    poolSize: 1,
    placeWaitMs: Infinity,
  });
  const asked = (seconds: number) =>
    busy.scoped('*', (trx) => sql`select pg_sleep(${seconds})`.execute(trx));
  const outcomes = await Promise.allSettled([asked(5.5), asked(0), asked(0)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  await busy.close();
}, 20_000);

it('says that it is busy where work may not wait for ever', async () => {
  const busy = openDatabase({
    ...{ url: fresh.url, log: createLog('test', 'silent'), poolSize: 1, placeWaitMs: 50 },
  });
  const first = busy.scoped('*', (trx) => sql`select pg_sleep(0.5)`.execute(trx));
  const second = busy.scoped('*', (trx) => sql`select 1`.execute(trx));
  await expect(second).rejects.toMatchObject({ code: '53300', forAll: false });
  await first;
  await busy.scoped('*', (trx) => sql`select 1`.execute(trx));
  await busy.close();
});

it('tells everybody in line at once that PostgreSQL does not answer', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const away = openDatabase({
    url: `postgres://nobody@127.0.0.1:${port}/nothing`,
    log: createLog('test', 'silent'),
    poolSize: 1,
    placeWaitMs: Infinity,
  });
  const startedAt = performance.now();
  const asked = Array.from({ length: 20 }, () =>
    away.scoped('*', (trx) => sql`select 1`.execute(trx)),
  );
  const outcomes = await Promise.allSettled(asked);
  const tookMs = performance.now() - startedAt;
  await away.close();
  silent.close();
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
  expect(tookMs).toBeLessThan(9_000);
}, 20_000);

it('goes on where a migration adds a column to a table that it reads whole', async () => {
  const owner = new pg.Client({ connectionString: fresh.url });
  await owner.connect();
  const readWhole = () =>
    database.scoped('*', (trx) =>
      sql<object>`select * from delivery.hold where tenant = ${'aalter'}`.execute(trx),
    );
  for (let time = 0; time < 5; time += 1) await readWhole();
  await owner.query('alter table delivery.hold add column added text');
  await owner.end();
  const { rows } = await readWhole();
  expect(rows).toEqual([expect.objectContaining({ added: null })]);
});

it('works as a role for which row-level security is in force', async () => {
  const { rows } = await database.scoped('*', (trx) =>
    sql<{ role: string; bypass: boolean }>`
      select current_user as role, rolbypassrls or rolsuper as bypass
      from pg_roles where rolname = current_user`.execute(trx),
  );
  expect(rows).toEqual([{ role: 'lbbus_app', bypass: false }]);
});
