import { expect, it } from '@jest/globals';
import { Client } from 'pg';
import { freshDatabase } from './database.js';

it('gives each caller a migrated database of its own, and removes it', async () => {
  const [first, second] = await Promise.all([freshDatabase(), freshDatabase()]);
  expect(first.url).not.toBe(second.url);
  const client = new Client({ connectionString: first.url });
  client.on('error', () => undefined); // dropped under it, below
  await client.connect();
  const tables = await client.query("select from pg_tables where schemaname = 'tenants'");
  expect(tables.rowCount).toBeGreaterThan(0);
  await Promise.all([first.drop(), second.drop()]);
  await expect(client.query('select 1')).rejects.toThrow();
});
