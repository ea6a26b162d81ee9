import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { restoreBackup, type Restored, type RestoreOptions } from '#infra/backup/restore.js';
import { takeBackup } from '#infra/backup/take.js';
import { migrate } from '#infra/migrations/migrate.js';
import { seal, type KeyRing } from '#runtime/keys.js';
import { prepare } from '#tenants/apply.js';
import { readDeclaration } from '#tenants/declaration.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import { readPossession } from '#tenants/possession.js';
import { provided } from './setting.js';
import { aalterYaml, beringenYaml, newRing } from './tenancy.js';

/** Rows of a statement, as somebody who sees every tenant. */
export const asked = async <T extends object>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select set_config('app.tenant', '*', false)`);
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
};

/** What the tables hold, and how each is guarded. */
export const contentOf = async (url: string): Promise<Record<string, unknown>> => {
  const tables = await asked<{ name: string; forced: boolean; triggers: string }>(
    url,
    `select n.nspname || '.' || c.relname as name, c.relforcerowsecurity as forced,
       (select string_agg(t.tgname || ' ' || t.tgenabled::text, ',' order by t.tgname) from pg_trigger t
         where t.tgrelid = c.oid and not t.tgisinternal) as triggers
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' and n.nspname in ('tenants', 'delivery', 'monitoring') order by 1`,
  );
  const content: Record<string, unknown> = {};
  for (const { name, ...guard } of tables) {
    const rows = await asked<{ row: string }>(
      url,
      `select t::text as row from ${name} t order by 1`,
    );
    content[name] = { ...guard, rows: rows.map(({ row }) => row) };
  }
  return content;
};

/** Rows with everything that is awkward in a dump: bytes, line ends, backslashes, nulls, lists, JSON, numbers given. */
const fill = async (url: string, bodyKeys: KeyRing): Promise<void> => {
  const message = randomUUID();
  const body = seal(Buffer.from('{}'), bodyKeys, `aalter|${message}`);
  await asked(
    url,
    `insert into monitoring.message (tenant, id, type, kind, source, sender_id, subject, time, accepted_at, digest, status, body)
     values ('aalter', $1, 't', 'event', 's', E'a\\tb\\\\N\\nc', 'x', 'now', '2026-11-20T10:00:00.123456Z', 'd', 'accepted', $2)`,
    [message, body],
  );
  // In a month that is there, and in one that is not.
  for (const at of ['2026-11-20T10:00:01Z', '2099-01-01T00:00:00Z'])
    await asked(
      url,
      `insert into monitoring.step (tenant, message, id, target, connector, sequence, at, duration_ms, outcome, bytes, critical_ms)
       values ('aalter', $1, $2, 'topdesk', 'topdesk', 1, $3, 5, 'delivered', 40, 1000)`,
      [message, randomUUID(), at],
    );
  for (let row = 0; row < 3; row += 1)
    await asked(
      url,
      `insert into delivery.waiting (tenant, target, subject, message, state, due_at, detail, envelope, body, leased_by, leased_until)
       values ('aalter', 'topdesk', '', $1, 'waiting', 'infinity', E'\\\\.', '{"a": "\\\\n\\""}', $2, $1, now())`,
      [randomUUID(), randomBytes(50)],
    );
  await asked(url, `delete from delivery.waiting where id = 3`);
};

/** A database with two tenants and some rows, owned by a login that is no superuser, and a backup of it. */
export interface BackedUp {
  readonly url: string;
  readonly folder: string;
  /** The backup that was taken. */
  readonly taken: string;
  readonly keys: { readonly body: KeyRing; readonly secret: KeyRing };
  /** An empty database of the same owner. */
  readonly newDatabase: () => Promise<string>;
  /** A name for a database that a restore makes; it is dropped at the end. */
  readonly newName: () => string;
  readonly restore: (changes?: Partial<RestoreOptions>) => Promise<Restored>;
  /** Takes another backup under this name. */
  readonly back: (
    name: string,
    changes?: Partial<Parameters<typeof takeBackup>[0]>,
  ) => Promise<string>;
  readonly drop: () => Promise<void>;
}

const applyTenants = async (
  url: string,
  folder: string,
  keys: BackedUp['keys'],
): Promise<KeyRing> => {
  const database = openOwnerDatabase(url);
  const file = join(folder, 'tenants.yaml');
  await writeFile(file, `${aalterYaml}---${beringenYaml}`);
  const values = () => 'correct horse';
  const declared = await readDeclaration(file);
  await (await prepare(declared, { database, keys, values, prune: false })).apply();
  const possession = await database.scoped('*', (trx) => readPossession(trx, 'aalter', keys));
  await database.close();
  if (!possession) throw new Error('aalter was not stored');
  return possession.bodyKeys;
};

const makeLogin = async (server: string): Promise<string> => {
  const login = `lbbus_owner_${randomUUID().slice(0, 8)}`;
  await asked(server, `create role ${login} login createdb password 'geheim'`);
  await asked(
    server,
    `do $$ begin create role lbbus_app nologin;
     exception when duplicate_object or unique_violation then null; end $$`,
  );
  await asked(server, `grant lbbus_app to ${login}`);
  return login;
};

/** Makes it. Drop it in `afterAll`. */
export const newBackedUp = async (): Promise<BackedUp> => {
  const server = provided('LBBUS_TEST_DATABASE_URL');
  const folder = await mkdtemp(join(tmpdir(), 'backup-'));
  const login = await makeLogin(server);
  const owner = Object.assign(new URL(server), { username: login, password: 'geheim' });
  const keys = { body: newRing('body-1'), secret: newRing('secret-1') };
  const made: string[] = [];
  const newName = (): string => {
    const name = `lbbus_test_${randomUUID().replaceAll('-', '')}`;
    made.push(name);
    return name;
  };
  const newDatabase = async (): Promise<string> => {
    const name = newName();
    await asked(server, `create database ${name} owner ${login}`);
    return Object.assign(new URL(owner), { pathname: `/${name}` }).href;
  };
  const url = await newDatabase();
  await migrate(url);
  await fill(url, await applyTenants(url, folder, keys));
  const quietly = { attachments: null, tell: () => undefined };
  const back: BackedUp['back'] = async (name, changes = {}) => {
    const backup = join(folder, name);
    await takeBackup({ ...quietly, databaseUrl: url, folder: backup, ...changes });
    return backup;
  };
  const taken = await back('taken');
  return {
    url,
    folder,
    taken,
    keys,
    newDatabase,
    newName,
    restore: (changes = {}) =>
      restoreBackup({
        ...quietly,
        folder: taken,
        databaseUrl: owner.href,
        into: null,
        keys,
        ...changes,
      }),
    back,
    drop: async () => {
      for (const name of made) await asked(server, `drop database if exists ${name} with (force)`);
      await asked(server, `drop role ${login}`);
      await rm(folder, { recursive: true });
    },
  };
};
