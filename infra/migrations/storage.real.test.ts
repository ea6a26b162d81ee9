import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { provided } from '#infra/testing/setting.js';
import { migrate } from './migrate.js';

const server = provided('LBBUS_TEST_DATABASE_URL');
const name = `lbbus_test_${randomUUID().replaceAll('-', '')}`;
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
const message = randomUUID();
let client: Client;

const onServer = async (sql: string): Promise<void> => {
  const admin = new Client({ connectionString: server });
  await admin.connect();
  await admin.query(sql);
  await admin.end();
};

/** As the version before wrote it, word for word. */
const stepOfBefore = `insert into monitoring.step (tenant, message, id, target, connector, operation, sequence, at, duration_ms, outcome, code, detail)
  values ('aalter', $1, $2, 'topdesk', 'topdesk', 'send', 1, $3, 12, 'delivered', null, null) on conflict do nothing`;

beforeAll(async () => {
  await onServer(`create database "${name}"`);
  await migrate(url, undefined, '0014_sessions.sql');
  client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`select set_config('app.tenant', '*', false)`);
  await client.query(
    `insert into monitoring.message (tenant, id, type, kind, source, sender_id, subject, time, accepted_at, digest, status, body)
     values ('aalter', $1, 't', 'event', 's', '1', 'x', 'now', '2026-09-30T21:59:00Z', 'd', 'delivered', '\\x0102')`,
    [message],
  );
  await client.query(stepOfBefore, [message, randomUUID(), '2026-09-30T22:00:00Z']);
  await client.query(
    `insert into delivery.hold (tenant, target, code, detail, held_by) values ('aalter', 'topdesk', 'x', 'x', 'bus')`,
  );
  await migrate(url);
});
afterAll(async () => {
  await client.end();
  await onServer(`drop database "${name}" with (force)`);
});

const rowsOf = async (sql: string): Promise<unknown[]> =>
  (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
const ofMonths = `select target, measure, to_char(month, 'YYYY-MM'), amount::int from monitoring.usage_month order by 1, 2`;

it('counts what stood before, by the months of the calendar here, and remembers what stood still', async () => {
  expect(await rowsOf(ofMonths)).toEqual([
    ['', 'accepted', '2026-09', 1],
    ['', 'bytes-in', '2026-09', 2],
    ['topdesk', 'bytes-out', '2026-10', 2],
    ['topdesk', 'critical:12', '2026-10', 1],
    ['topdesk', 'delivered', '2026-10', 1],
  ]);
  expect(await rowsOf('select target, kind, until from monitoring.outage')).toEqual([
    ['topdesk', 'held', null],
  ]);
});

it('takes what the version before writes beside it, counts that too, and forgets as it does', async () => {
  const step = randomUUID();
  const write = () => client.query(stepOfBefore, [message, step, '2026-10-05T10:00:00Z']);
  expect((await write()).rowCount).toBe(1);
  expect((await write()).rowCount).toBe(0);
  expect(await rowsOf('select measure, amount::int from monitoring.usage_news')).toEqual([
    ['delivered', 1],
  ]);
  expect(await rowsOf('select count(*)::int from monitoring.step')).toEqual([[2]]);
  const forgotten = await client.query(
    `delete from monitoring.step where (tenant, message, id) in (
       select s.tenant, s.message, s.id from monitoring.step s
       left join monitoring.message m on m.tenant = s.tenant and m.id = s.message
       where s.at < '2099-01-01' and (m.id is null or m.status in ('delivered', 'expired', 'discarded'))
       limit 1000 for update of s skip locked)`,
  );
  expect(forgotten.rowCount).toBe(2);
  await client.query(`update monitoring.message set body = null`);
  expect(await rowsOf('select body_bytes from monitoring.message')).toEqual([[null]]);
});
