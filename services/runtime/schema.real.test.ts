import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, type Database } from './database.js';
import { createLog } from './log.js';
import { missingMigration, untilMigrated } from './schema.js';

const log = createLog('test', 'silent');
let fresh: FreshDatabase;
let database: Database;

beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log });
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
});

const asOwner = async (sql: string): Promise<void> => {
  const client = new Client({ connectionString: fresh.url });
  await client.connect();
  await client.query(sql);
  await client.end();
};

it('knows a database that is up to date, and one that is newer, by its migrations', async () => {
  expect(await missingMigration(database)).toBeNull();
  await asOwner(`insert into migrations.applied (name, checksum) values ('9999_later.sql', '')`);
  expect(await missingMigration(database)).toBeNull();
});

it('names what a database lacks, also one from before processes asked', async () => {
  await asOwner(`delete from migrations.applied where name = '0008_restored.sql'`);
  expect(await missingMigration(database)).toBe('0008_restored.sql');
  await asOwner('drop schema migrations cascade');
  expect(await missingMigration(database)).toBe('0001_foundation.sql');
});

it('waits until the database is brought up to date, and says once what to do', async () => {
  await asOwner(`delete from migrations.applied where name = '0008_restored.sql'`);
  const told: string[] = [];
  let waited = false;
  const waiting = untilMigrated(database, {
    error: (_: unknown, words: string) => told.push(words),
  }).then(() => (waited = true));
  await until(() => told.length > 0, { what: 'a word about it' });
  expect(waited).toBe(false);
  await asOwner(`insert into migrations.applied (name, checksum) values ('0008_restored.sql', '')`);
  await waiting;
  expect(told).toEqual(['the database is older than this program: run "lb-bus migrate"']);
});

it('does not keep a process waiting for a PostgreSQL that does not answer', async () => {
  const away = openDatabase({ url: 'postgres://x@127.0.0.1:1/x', log });
  await untilMigrated(away, log);
  await away.close();
});
