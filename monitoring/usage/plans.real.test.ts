import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { seed } from '#infra/seed/seed.js';
import { tenantsYaml } from '#infra/seed/tenants.js';
import { isWalk, planFaults, type Plan } from '#infra/testing/plan-faults.js';
import { openTenancy, type Tenancy } from '#infra/testing/tenancy.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { Tables } from '#runtime/tables.js';
import type { Directory } from '#tenants/directory.js';
import { readChanges } from '../health/changes.js';
import { readMinutes } from '../health/minutes.js';
import { readStanding } from '../health/standing.js';
import { readDay, readHour, readUsual } from '../health/traffic.js';
import type { Asked } from '../messages/conditions.js';
import { cursorText } from '../messages/cursor.js';
import { searchMessages } from '../messages/search.js';
import { readOverview } from '../operators/overview.js';
import { readGroups } from '../operators/parked/groups.js';
import { readAgreements } from './agreements.js';
import { readUsage } from './usage.js';

let tenancy: Tenancy;
let directory: Directory;
let pool: pg.Pool;
let kysely: Kysely<Tables>;
let asked: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
let database: Database;
/** Tables of which a whole scan would be felt after years. */
let large: ReadonlySet<string>;

/** A database like that of a process, which remembers what it was asked. */
const listening = (): Database => ({
  scoped: (scope, work) =>
    kysely.transaction().execute(async (trx) => {
      await sql`select set_config('app.tenant', ${scope}, true)`.execute(trx);
      return work(trx);
    }),
  listen: () => () => Promise.resolve(),
  problem: () => null,
  close: () => Promise.resolve(),
});

beforeAll(async () => {
  tenancy = await openTenancy();
  await tenancy.apply(tenantsYaml(20));
  const amounts = { messages: 40_000, days: 400, bodiesDays: 30, stepsDays: 90 };
  await seed(tenancy.url, amounts, () => undefined);
  // To the planner they are as large as after years: what it would choose then is what counts.
  const owner = new pg.Client({ connectionString: tenancy.url });
  await owner.connect();
  await owner.query(
    `update pg_class set reltuples = reltuples * 150 where relnamespace = 'monitoring'::regnamespace and relkind = 'r' and reltuples > 1000`,
  );
  const { rows } = await owner.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'monitoring'::regnamespace and relkind = 'r' and reltuples > 150000`,
  );
  large = new Set(rows.map(({ relname }) => relname));
  await owner.end();
  directory = await tenancy.directory();
  pool = new pg.Pool({ connectionString: tenancy.url, options: '-c role=lbbus_app', max: 2 });
  kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void asked.push(query),
  });
  database = listening();
});
afterAll(async () => {
  await kysely.destroy();
  await tenancy.drop();
});

const faultsOf = async (query: (typeof asked)[number]): Promise<string[]> => {
  const client = await pool.connect();
  try {
    await client.query(`begin; set local app.tenant = '*'`);
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
      `explain (format json) ${query.sql}`,
      [...query.parameters],
    );
    await client.query('rollback');
    return planFaults(query.sql, rows[0]!['QUERY PLAN'][0]!.Plan, large);
  } finally {
    client.release();
  }
};

const reads = (work: (trx: Scoped) => Promise<unknown>) => () => database.scoped('*', work);
const search = (wish: object) => () =>
  searchMessages({ database, directory, reach: null }, { limit: 50, ...wish });
const person = { name: 'an', roles: ['operator'], tenants: null } as const;
const type = 'be.lbbus.melding.ingediend.v1';
const cursor = cursorText({ at: new Date(), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' });
const rare = 'be.lbbus.dossier.status-gewijzigd.v1';

it.each<[string, () => Promise<unknown>]>([
  ['every tenant', () => readOverview(database, directory, null)],
  ['what stands', reads(readStanding)],
  ['the last hour of each line', reads(readHour)],
  ['the last day of each line', reads(readDay)],
  ['what is usual', reads(readUsual)],
  ['each minute', reads(readMinutes)],
  [
    'what changed',
    () => readChanges({ database, directory }, person, new Date(Date.now() - 3_600_000)),
  ],
  ['what is newest', search({})],
  ['what is of a tenant', search({ tenant: 'oosterbeek' })],
  ['what is of a type', search({ type })],
  ['what is of a rare type', search({ type: rare })],
  ['what is of a tenant and a type', search({ tenant: 'oosterbeek', type: rare })],
  ['what went to a target', search({ target: 'topdesk' })],
  ['what went to a target that had nothing', search({ target: 'nowhere' })],
  ['what is parked', search({ status: 'parked' })],
  ['what was rejected', search({ outcome: 'rejected', cursor })],
  ['what was rejected of a rare type', search({ outcome: 'rejected', type: rare })],
  ['what is parked of a rare type', search({ status: 'parked', type: rare })],
  ['what was delivered of a rare type', search({ outcome: 'delivered', type: rare })],
  ['what was rejected and is parked', search({ outcome: 'rejected', status: 'parked', type })],
  ['what was tried again at a target', search({ outcome: 'retry', target: 'topdesk', cursor })],
  ['what was rejected at a tenant', search({ outcome: 'rejected', tenant: 'oosterbeek' })],
  ['what was discarded at a target', search({ status: 'discarded', target: 'topdesk' })],
  ['what is parked at a tenant', search({ status: 'parked', tenant: 'oosterbeek', type })],
  [
    'what is about a thing',
    search({ subject: 'https://meldingen.oosterbeek.example/id/melding/1' }),
  ],
  ['what has an id of its sender', search({ senderId: '2026-1000' })],
  ['what has an external id', search({ externalId: 'I 2611 59000' })],
  ['what has an id of the bus', search({ id: '0f1d6c52-6d3f-4f43-9a65-3c1f5b7f0a11' })],
  ['whatever was typed', search({ text: '2026-1000' })],
  ['what is of a time', search({ since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' })],
  ['what is parked, in groups,', () => readGroups(database, {})],
])('%s is found by an index, however much there is', async (_, work) => {
  asked = [];
  await work();
  const queries = asked.filter(({ sql: text }) =>
    /^\s*(?:select|with)\b(?!\s+set_config)/i.test(text),
  );
  expect(queries.length).toBeGreaterThan(0);
  const faults = await Promise.all(queries.map(faultsOf));
  expect(faults.flat()).toEqual([]);
});

it('finds at once what befell few, or none, however long ago', async () => {
  // Without patience: who had to walk would not come far.
  const found = (wish: Partial<Asked>) =>
    searchMessages(
      { database, directory, reach: null, patienceMs: 0 },
      { limit: 200, outcome: 'rejected', ...wish },
    );
  const all = await found({});
  const { rows } = await database.scoped('*', (trx) =>
    sql<{
      count: number;
    }>`select count(distinct message)::int from monitoring.step where outcome = 'rejected'`.execute(
      trx,
    ),
  );
  expect([all.messages.length, all.lookedBackTo]).toEqual([rows[0]?.count, null]);
  const [last] = all.messages.slice(-1);
  expect(await found({ tenant: last?.tenant ?? '', until: last?.acceptedAt ?? '' })).toMatchObject({
    lookedBackTo: null,
  });
  expect(await found({ target: 'nowhere' })).toMatchObject({ messages: [], lookedBackTo: null });
});

it('looks at no message for a target that never had one, and finds what only just stands at one', async () => {
  const found = (wish: Partial<Asked>) =>
    searchMessages({ database, directory, reach: null, patienceMs: 0 }, { limit: 5, ...wish });
  const tenant = 'oosterbeek';
  asked = [];
  for (const wish of [{}, { tenant }, { outcome: 'delivered' }, { status: 'delivered' }] as const)
    expect(await found({ ...wish, target: 'new' })).toMatchObject({
      ...{ messages: [], next: null, lookedBackTo: null },
    });
  expect(asked.map(({ sql: text }) => text).join()).not.toMatch(/monitoring\.message\b/);
  // Of all tenants it would be far back: only this one has it.
  const [older] = (await found({ tenant, limit: 200 })).messages.slice(-1);
  await tenancy.database.scoped('*', (trx) =>
    sql`insert into monitoring.target (tenant, message, target, status)
      values (${tenant}, ${older?.id}, 'new', 'accepted')`.execute(trx),
  );
  expect(await found({ target: 'new' })).toMatchObject({ messages: [{ id: older?.id }] });
  expect((await found({ target: 'new', tenant: 'aalter' })).messages).toEqual([]);
});

it('goes the way on which less is met, whichever that is', async () => {
  for (const wish of [
    { type, source: 'urn:lb:nowhere' },
    { type: 'be.lbbus.nothing.v1', source: 'urn:lb:oosterbeek:meldpunt' },
  ]) {
    asked = [];
    expect(await search(wish)()).toMatchObject({ messages: [], next: null, lookedBackTo: null });
    expect(asked.filter(({ sql: text }) => isWalk(text)).length).toBeLessThan(3);
  }
});

it('tells a month of all tenants from counts, never from messages or steps', async () => {
  asked = [];
  const keeping = { bodiesDays: 30, stepsDays: 90, messagesDays: 400 };
  const usage = { agreements: readAgreements(undefined, 60_000), keeping };
  const told = await readUsage(
    { database, directory: () => directory, usage },
    { month: undefined, tenant: undefined, reach: null },
  );
  expect(told.tenants).toHaveLength(20);
  expect(told.totals.accepted).toBeGreaterThan(100);
  expect(asked.map(({ sql: text }) => text).join()).not.toMatch(
    /monitoring\.(message|step|target)\b/,
  );
});
