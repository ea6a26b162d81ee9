import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { CollectedRecord } from '#bus/audit.js';
import {
  acceptedOf,
  chanceOf,
  envelopeOf,
  keysOfTest,
  shuffled,
  stepOf,
  storyOf,
} from '#infra/testing/audit-records.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { batchOf } from '../collect/contents.js';
import { storeBatch } from '../collect/store.js';
import { forget } from '../retention/retention.js';
import { foldHours, foldNews } from './fold.js';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
});
afterEach(() =>
  database.scoped('*', async (trx) => {
    for (const table of ['message', 'target', 'step', 'usage_news', 'usage_count', 'usage_month'])
      await sql`delete from ${sql.table(`monitoring.${table}`)}`.execute(trx);
  }),
);
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** What is counted by the hour, what by the month, and what the rows themselves say. */
const counted = () =>
  database.scoped('*', async (trx) => {
    const rowsOf = async (query: ReturnType<typeof sql>): Promise<string[]> =>
      (
        await sql<{ row: string }>`select k::text as row from (${query}) k order by 1`.execute(trx)
      ).rows.map(({ row }) => row);
    const raw = sql`
      select tenant, '' as target, c.measure, date_trunc('hour', accepted_at) as at, sum(c.amount)::bigint as amount
      from monitoring.message, lateral (values (case kind when 'answer' then 'answered' else 'accepted' end, 1), ('bytes-in', body_bytes)) c (measure, amount)
      where c.amount is not null group by 1, 2, 3, 4
      union all
      select tenant, target, c.measure, date_trunc('hour', at), sum(c.amount)::bigint
      from monitoring.step s, lateral (
        values (outcome, 1), ('bytes-out', case outcome when 'delivered' then bytes end),
          ('critical:' || monitoring.critical_class(critical_ms), case outcome when 'delivered' then 1 end)
        union all select 'calls:' || left(call ->> 'status', 1) || 'xx', 1 from jsonb_array_elements(s.calls) call) c (measure, amount)
      where c.amount is not null and c.measure is not null group by 1, 2, 3, 4`;
    const byMonth = sql`select tenant, target, measure, date_trunc('month', at at time zone 'Europe/Brussels')::date as month, sum(amount)::bigint as amount`;
    return {
      raw: await rowsOf(raw),
      hours: await rowsOf(sql`
        select tenant, target, measure, at, sum(amount)::bigint as amount from monitoring.usage
        group by 1, 2, 3, 4 having sum(amount) <> 0`),
      rawMonths: await rowsOf(sql`${byMonth} from (${raw}) r group by 1, 2, 3, 4`),
      months: await rowsOf(sql`
        select tenant, target, measure, month, sum(amount)::bigint as amount from (
          select * from monitoring.usage_month
          union all ${byMonth} from monitoring.usage_news group by 1, 2, 3, 4) m
        group by 1, 2, 3, 4 having sum(amount) <> 0`),
    };
  });

const expectExact = async (): Promise<void> => {
  const { raw, hours, rawMonths, months } = await counted();
  expect(raw.length).toBeGreaterThan(3);
  expect(hours).toEqual(raw);
  expect(months).toEqual(rawMonths);
};

const store = (records: readonly CollectedRecord[]): Promise<void> =>
  storeBatch(database, batchOf(records), keysOfTest);

/** As a collector does it: what was crossed or deadlocked is tried again. */
const collector = async (records: readonly CollectedRecord[], size: number): Promise<void> => {
  for (let at = 0; at < records.length;) {
    try {
      await store(records.slice(at, at + size));
      at += size;
    } catch (error) {
      const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
      if (!(error instanceof Error) || (error.name !== 'Crossed' && code !== '40P01')) throw error;
    }
  }
};

const withWork = (record: CollectedRecord): CollectedRecord =>
  record.record === 'step' && record.target === 'topdesk'
    ? { ...record, bytes: 700, calls: [{ method: 'POST', status: '201', durationMs: 3 }] }
    : record;

it('counts each thing once: repeats, steps told again later, three collectors at once, and adding up beside them', async () => {
  const stories = Array.from({ length: 120 }, (_, number) => storyOf(number))
    .flat()
    .map(withWork);
  const conflicts = Array.from({ length: 12 }, (_, index) =>
    acceptedOf(
      envelopeOf(index * 7, {
        digest: `f${(index * 7).toString(16)}`.padEnd(64, '0'),
        acceptedAt: new Date(Date.parse('2026-10-31T20:00:00Z') + index * 600_000).toISOString(),
      }),
    ),
  );
  const later = stories.flatMap((record) =>
    record.record === 'step' && record.sequence === 1
      ? [{ ...record, at: new Date(Date.parse(record.at) + 40 * 86_400_000).toISOString() }]
      : [],
  );
  const all = [...stories, ...conflicts, ...stories];
  const collecting = new AbortController();
  const folding = (async () => {
    while (!collecting.signal.aborted) {
      await foldNews(database);
      await pause(50);
    }
  })();
  await Promise.all([1, 2, 3].map((seed) => collector(shuffled(all, chanceOf(seed)), 40 * seed)));
  await collector(later, 100);
  collecting.abort();
  await folding;
  await expectExact();
  expect(await foldNews(database)).toBeGreaterThanOrEqual(0);
  await expectExact();
  const left = await database.scoped('*', (trx) =>
    trx.selectFrom('monitoring.usage_news').selectAll().execute(),
  );
  expect(left).toEqual([]);
});

it('counts nothing of a batch that was not stored, and all of it when it is stored after all', async () => {
  const envelope = envelopeOf(1);
  const unstorable = stepOf(envelope, { code: 'a\0b' });
  await expect(store([acceptedOf(envelope), unstorable])).rejects.toThrow();
  expect((await counted()).hours).toEqual([]);
  await store([acceptedOf(envelope), stepOf(envelope)]);
  await expectExact();
});

it('moves what was accepted earlier than was known to its own hour, and takes the size of a body that comes late', async () => {
  const late = envelopeOf(1, { acceptedAt: '2026-11-01T03:10:00.000Z' });
  await store([stepOf(late)]);
  await store([acceptedOf({ ...late, acceptedAt: '2026-10-31T22:10:00.000Z' })]);
  await expectExact();
  expect((await counted()).months.join()).toContain('accepted,2026-10-01,1');
});

it('keeps what was counted when bodies, steps and messages have gone, and when hours become days', async () => {
  const old = new Date(Date.now() - 500 * 86_400_000).toISOString();
  const aged = new Date(Date.now() - 40 * 86_400_000).toISOString();
  const records = [old, aged].flatMap((acceptedAt, number) => {
    const envelope = envelopeOf(number, { acceptedAt, targets: ['topdesk'] });
    return [acceptedOf(envelope), stepOf(envelope, { bytes: 700, at: acceptedAt })];
  });
  await store(records);
  const before = await counted();
  expect(await forget(database, { bodiesDays: 1, stepsDays: 1, messagesDays: 30 })).toMatchObject({
    messages: 2,
  });
  const after = await counted();
  expect(after.raw).toEqual([]);
  expect(after.months).toEqual(before.months);
  await foldNews(database);
  await foldHours(database);
  const { hours, months } = await counted();
  expect(months).toEqual(before.months);
  expect(hours.join()).toMatch(/delivered,"[\d-]+ 2[23]:00:00\+00",1/);
});
