import { provided } from '#infra/testing/setting.js';
import { until } from '#infra/testing/until.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from './migrate.js';

const asked = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('migrate', () => {
  let folder: string;
  let url: string;
  const server = provided('LBBUS_TEST_DATABASE_URL');
  const name = `lbbus_test_${randomUUID().replaceAll('-', '')}`;
  const file = (called: string, sql: string): Promise<void> => writeFile(join(folder, called), sql);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    await asked(server, `create database "${name}"`);
    url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  });
  afterEach(async () => {
    await asked(server, `drop database "${name}" with (force)`);
    await rm(folder, { recursive: true });
  });

  it('runs what ships once, and nothing the second time', async () => {
    expect(await migrate(url)).toContain('0001_foundation.sql');
    expect(await migrate(url)).toEqual([]);
  });

  it('runs each file once when two processes start together', async () => {
    await file('0001_a.sql', 'create table a (n int); insert into a values (1)');
    await file('0002_b.sql', 'insert into a values (2)');
    const ran = await Promise.all([migrate(url, folder), migrate(url, folder)]);
    expect(ran.flat().sort()).toEqual(['0001_a.sql', '0002_b.sql']);
    expect(await asked(url, 'select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('names the file that was edited after it ran', async () => {
    await file('0001_a.sql', 'create table a (n int)');
    await migrate(url, folder);
    await file('0001_a.sql', 'create table a (n bigint)');
    await expect(migrate(url, folder)).rejects.toThrow(
      'migration 0001_a.sql was changed after it ran',
    );
  });

  it('names the file that came too late and the one it does not know', async () => {
    await file('0002_b.sql', 'create table b (n int)');
    await migrate(url, folder);
    await file('0001_a.sql', 'create table a (n int)');
    await expect(migrate(url, folder)).rejects.toThrow(
      'migration 0001_a.sql comes before 0002_b.sql',
    );
    await rm(join(folder, '0002_b.sql'));
    await expect(migrate(url, folder)).rejects.toThrow('the database knows migration 0002_b.sql');
  });

  it('undoes a file that fails half-way and runs it whole once it is right', async () => {
    await file('0001_a.sql', 'create table a (n int); select 1 / 0');
    await expect(migrate(url, folder)).rejects.toThrow(
      'migration 0001_a.sql failed and was undone',
    );
    await file('0001_a.sql', 'create table a (n int)');
    expect(await migrate(url, folder)).toEqual(['0001_a.sql']);
  });

  it('says what to do where PostgreSQL goes away in the middle of a file', async () => {
    await file('0001_a.sql', 'create table a (n int); select pg_sleep(600)');
    const migrating = migrate(url, folder).then(String, String);
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${name}' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()`;
    await until(async () => (await asked(server, cut)).length === 1, { what: 'the sleep' });
    expect(await migrating).toContain('migration 0001_a.sql was cut off: PostgreSQL went away');
    await file('0001_a.sql', 'create table a (n int)');
    expect(await migrate(url, folder)).toEqual(['0001_a.sql']);
  });

  describe('with a login that is no superuser', () => {
    const login = `lbbus_owner_${randomUUID().replaceAll('-', '')}`;
    const ownersUrl = (): string =>
      Object.assign(new URL(url), { username: login, password: 'x' }).href;
    const tenant = `insert into tenants.tenant (id, name, bestuurseenheid, kbo) values ('aalter', 'x', 'x', 'x')`;

    const makeRole = `do $$ begin create role lbbus_app; exception when duplicate_object then null; end $$`;

    beforeEach(async () => {
      await asked(server, `create role ${login} login password 'x'`);
      await asked(server, `alter database "${name}" owner to ${login}`);
    });
    afterEach(async () => {
      await asked(server, `drop database "${name}" with (force)`);
      await asked(server, `create database "${name}"`);
      await asked(server, `drop role ${login}`);
    });

    it('may make roles: it migrates, and works as lbbus_app and as the owner, both in their scope', async () => {
      await asked(server, `alter role ${login} createrole`);
      // As if it had made the role itself: since PostgreSQL 16 it may not give away one that another made.
      await asked(server, makeRole);
      await asked(server, `grant lbbus_app to ${login} with admin option`);
      await migrate(ownersUrl());
      await expect(asked(ownersUrl(), tenant)).rejects.toThrow('row-level security');
      await asked(ownersUrl(), `begin; set local app.tenant = 'aalter'; ${tenant}; commit`);
      const seen = `select count(*)::int as seen from tenants.tenant`;
      expect(await asked(ownersUrl(), seen)).toEqual([{ seen: 0 }]);
      await expect(asked(ownersUrl(), `set role lbbus_app; ${tenant}`)).rejects.toThrow(
        'permission denied',
      );
    });

    it('may not: it migrates where an administrator made the role for it, and else says what to do', async () => {
      await asked(server, makeRole);
      const refused = await migrate(ownersUrl()).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        cause: { hint: `As an administrator: grant lbbus_app to ${login}` },
      });
      await asked(server, `grant lbbus_app to ${login}`);
      expect(await migrate(ownersUrl())).toContain('0001_foundation.sql');
    });
  });
});
