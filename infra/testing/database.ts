import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { migrate } from '#infra/migrations/migrate.js';
import { Client } from 'pg';
import { provided } from './setting.js';

const migrations = new URL('../migrations/', import.meta.url);

/** A database of one test file: migrated, empty, dropped by `drop` even while something is connected to it. */
export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

const withDatabase = (server: string, name: string): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};

const withClient = async <T>(server: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const migrationsDigest = async (): Promise<string> => {
  const digest = createHash('sha256');
  for (const file of (await readdir(migrations)).sort())
    digest.update(file).update(await readFile(new URL(file, migrations)));
  return digest.digest('hex').slice(0, 12);
};

/** Migrating takes much longer than copying: each state of the migrations is migrated once per server. */
const migratedTemplate = async (client: Client, server: string): Promise<string> => {
  const name = `lbbus_template_${await migrationsDigest()}`;
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
  const found = await client.query<{ datistemplate: boolean }>(
    'select datistemplate from pg_database where datname = $1',
    [name],
  );
  if (found.rows[0]?.datistemplate !== true) {
    await client.query(`drop database if exists "${name}" with (force)`);
    await client.query(`create database "${name}"`);
    await migrate(withDatabase(server, name));
    await client.query(`alter database "${name}" is_template true`);
  }
  await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  return name;
};

/** Creates a migrated database on the server of `LBBUS_TEST_DATABASE_URL`, whose user must be a superuser. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  const server = provided('LBBUS_TEST_DATABASE_URL');
  const name = `lbbus_test_${randomUUID().replaceAll('-', '')}`;
  await withClient(server, async (client) => {
    const template = await migratedTemplate(client, server);
    await client.query(`create database "${name}" template "${template}"`);
  });
  return {
    url: withDatabase(server, name),
    drop: () =>
      withClient(server, async (client) => {
        await client.query(`drop database if exists "${name}" with (force)`);
      }),
  };
};
