import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import type { Hand } from '../hand.js';
import { readKnown } from './facts.js';
import { recall, remember, rename } from './references.js';

const line = { tenant: 'aalter', target: 'magda' };
/** So long that the way by subject has a level more than the key, and looks dearer. */
const things = 'https://meldingen.aalter.example/id/melding/2026/';
let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const known = (externalId: string, formerId: string | null) =>
  database.scoped('aalter', (trx) => recall(trx, line, { externalId, formerId, message: null }));
const untilWaiting = () =>
  until(
    async () => {
      const { rows } = await database.scoped('*', (trx) =>
        sql<{ waiting: number }>`select count(*)::int as waiting from pg_locks
        where database = (select oid from pg_database where datname = current_database())
          and locktype = 'advisory' and not granted`.execute(trx),
      );
      return rows[0]?.waiting === 1;
    },
    { what: 'one that waits for its turn' },
  );
const learn = (externalId: string, subject: string) =>
  database.scoped('aalter', (trx) =>
    remember(trx, line, { externalId, state: [externalId] }, { subject, verwerking: null }),
  );

it('knows a thing that got another id by the one it had, until it has learnt the new one', async () => {
  expect(await known('new', 'old')).toBeNull();
  await learn('old', 'urn:x:person');
  expect(await known('new', 'old')).toMatchObject({ subject: 'urn:x:person', state: ['old'] });
  await learn('new', 'urn:x:person');
  expect(await known('new', null)).toMatchObject({ subject: 'urn:x:person', state: ['new'] });
  await learn('old', 'urn:x:another');
  expect(await known('new', 'old')).toMatchObject({ subject: 'urn:x:person', state: ['new'] });
});

it('lets what looks at a thing and what has changed it take turns: neither overwrites what it has not seen', async () => {
  const taught = { subject: 'urn:x:case', verwerking: null };
  let changed: Promise<void> | undefined;
  await database.scoped('aalter', async (looking) => {
    await recall(looking, line, { externalId: 'case', formerId: null, message: null });
    changed = database.scoped('aalter', (trx) =>
      remember(trx, line, { externalId: 'case', state: 'as we left it' }, taught),
    );
    await untilWaiting();
    await remember(looking, line, { externalId: 'case', state: 'as it was seen' }, taught);
  });
  await changed;
  expect(await known('case', null)).toMatchObject({ state: 'as we left it' });
});

it('leaves what a look has taught since, where the reference yields to that', async () => {
  const teach = (state: string, yielding?: { before: string }) =>
    database.scoped('aalter', (trx) =>
      remember(
        trx,
        line,
        { externalId: 'melding', state, yields: yielding !== undefined },
        { subject: 'urn:x:melding', verwerking: null, ...yielding },
      ),
    );
  await teach('registered');
  await teach('late', { before: 'registered' });
  expect(await known('melding', null)).toMatchObject({ state: 'late' });
  await teach('looked at');
  await teach('late again', { before: 'late' });
  expect(await known('melding', null)).toMatchObject({ state: 'looked at' });
});

it('knows it by the new one alone where an answer told of it, and leaves what it knew of that', async () => {
  const renamed = (formerId: string, externalId: string) =>
    database.scoped('aalter', (trx) => rename(trx, line, { formerId, externalId }));
  await learn('first', 'urn:x:somebody');
  await renamed('first', 'second');
  await renamed('first', 'second');
  expect(await known('second', null)).toMatchObject({ subject: 'urn:x:somebody' });
  await learn('third', 'urn:x:other');
  await renamed('first', 'third');
  expect(await known('third', null)).toMatchObject({ subject: 'urn:x:other' });
  await renamed('nobody', 'fourth');
  expect(await known('fourth', null)).toBeNull();
});

it('is found by subject and by id through an index for each, while nothing is known of how the table is filled', async () => {
  const owner = new pg.Client({ connectionString: fresh.url });
  await owner.connect();
  await owner.query(`select set_config('app.tenant', '*', false)`);
  await owner.query('alter table delivery.reference set (autovacuum_enabled = false)');
  await owner.query('truncate delivery.reference');
  await owner.query(`insert into delivery.reference (tenant, target, external_id, subject)
    select 'aalter', 'magda', n, '${things}' || n from generate_series(1, 12000) n`);
  const read = async (): Promise<number> => {
    const { rows } = await owner.query<{ read: string }>(
      `select pg_stat_clear_snapshot(), sum(idx_tup_read) as read from pg_stat_user_indexes where relname = 'reference'`,
    );
    return Number(rows[0]?.read);
  };
  const before = await read();
  const log = createLog('test', 'silent');
  const delivering = openDatabase({ url: fresh.url, log, poolSize: 1, byKey: true });
  const subject = `${things}7`;
  const envelope = { id: randomUUID(), subject, time: '2026-01-05T08:12:00Z', kind: 'event' };
  const hand = { line, shipment: { envelope }, origin: { kind: 'queue' } } as unknown as Hand;
  const [known] = await delivering.scoped('aalter', (trx) => readKnown(trx, [hand]));
  const reference = { externalId: known?.reference ?? '', state: 'registered' };
  expect(known?.reference).toBe('7');
  await delivering.scoped('aalter', (trx) =>
    remember(trx, line, reference, { subject, verwerking: null }),
  );
  // What a connection has read is told when it ends.
  await delivering.close();
  const found = await until(
    async () => {
      const now = (await read()) - before;
      return now >= 2 ? now : null;
    },
    { what: 'both looks were counted' },
  );
  await owner.end();
  expect(found).toBeLessThan(20);
});
