import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { migrate } from '#infra/migrations/migrate.js';
import { provided } from '#infra/testing/setting.js';
import { aalterYaml, beringenYaml, newRing } from '#infra/testing/tenancy.js';
import { seal, type KeyRing } from '#runtime/keys.js';
import { prepare } from '#tenants/apply.js';
import { readDeclaration } from '#tenants/declaration.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import { readPossession } from '#tenants/possession.js';
import { restoreBackup, type RestoreOptions } from './restore.js';
import { takeBackup } from './take.js';

const server = provided('LBBUS_TEST_DATABASE_URL');
const inDatabase = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: `/${name}` }).href;

const asked = async <T extends object>(url: string, sql: string, values: unknown[] = []) => {
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
const contentOf = async (url: string): Promise<Record<string, unknown>> => {
  const tables = await asked<{ name: string; forced: boolean; triggers: string }>(
    url,
    `select n.nspname || '.' || c.relname as name, c.relforcerowsecurity as forced,
       (select string_agg(t.tgname || ' ' || t.tgenabled::text, ',') from pg_trigger t
         where t.tgrelid = c.oid and not t.tgisinternal) as triggers
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('tenants', 'delivery', 'monitoring') order by 1`,
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

describe('a backup', () => {
  const login = `lbbus_owner_${randomUUID().slice(0, 8)}`;
  const made = new Set<string>();
  const keys = { body: newRing('body-1'), secret: newRing('secret-1') };
  let folder: string;
  let owner: string;
  let url: string;
  let taken: string;
  let before: Record<string, unknown>;

  const newDatabase = async (): Promise<string> => {
    const name = `lbbus_test_${randomUUID().replaceAll('-', '')}`;
    made.add(name);
    await asked(server, `create database ${name} owner ${login}`);
    return inDatabase(owner, name);
  };
  const restore = (changes: Partial<RestoreOptions> = {}) =>
    restoreBackup({
      folder: taken,
      databaseUrl: owner,
      into: null,
      keys,
      attachments: null,
      tell: () => undefined,
      ...changes,
    });
  const back = async (name: string, tell: (words: string) => void = () => undefined) => {
    const backup = join(folder, name);
    await takeBackup({ databaseUrl: url, folder: backup, attachments: null, tell });
    return backup;
  };

  /** Rows with everything that is awkward in a dump: bytes, line ends, backslashes, nulls, lists, JSON, numbers given. */
  const fill = async (bodyKeys: KeyRing): Promise<void> => {
    const message = randomUUID();
    const body = seal(Buffer.from('{}'), bodyKeys, `aalter|${message}`);
    await asked(
      url,
      `insert into monitoring.message (tenant, id, type, kind, source, sender_id, subject, time, accepted_at, digest, status, body)
       values ('aalter', $1, 't', 'event', 's', E'a\\tb\\\\N\\nc', 'x', 'now', '2026-11-20T10:00:00.123456Z', 'd', 'accepted', $2)`,
      [message, body],
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

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backup-'));
    await asked(server, `create role ${login} login createdb password 'geheim'`);
    await asked(
      server,
      `do $$ begin create role lbbus_app nologin;
       exception when duplicate_object or unique_violation then null; end $$`,
    );
    await asked(server, `grant lbbus_app to ${login}`);
    owner = Object.assign(new URL(server), { username: login, password: 'geheim' }).href;
    url = await newDatabase();
    await migrate(url);
    const database = openOwnerDatabase(url);
    const file = join(folder, 'tenants.yaml');
    await writeFile(file, `${aalterYaml}---${beringenYaml}`);
    const declared = await readDeclaration(file);
    const values = () => 'correct horse';
    await (await prepare(declared, { database, keys, values, prune: false })).apply();
    const possession = await database.scoped('*', (trx) => readPossession(trx, 'aalter', keys));
    await database.close();
    await fill(possession?.bodyKeys ?? newRing('none'));
    before = await contentOf(url);
    taken = await back('taken');
  });
  afterAll(async () => {
    for (const name of made) await asked(server, `drop database if exists ${name} with (force)`);
    await asked(server, `drop role ${login}`);
    await rm(folder, { recursive: true });
  });

  it('comes back whole, as an owner that is no superuser, with each table guarded as before', async () => {
    const into = `lbbus_test_${randomUUID().replaceAll('-', '')}`;
    made.add(into);
    const { opened, databaseUrl } = await restore({ into });
    expect(opened).toEqual({ tenants: 2, bodies: 1, secrets: 1 });
    const after = await contentOf(databaseUrl);
    const changed = Object.keys(before).filter(
      (table) => JSON.stringify(after[table]) !== JSON.stringify(before[table]),
    );
    expect(changed).toEqual(['delivery.restored', 'delivery.waiting', 'tenants.revision']);
    const waiting = `select id, tenant, message, due_at, detail, envelope, body from delivery.waiting order by id`;
    expect(await asked(databaseUrl, waiting)).toEqual(await asked(url, waiting));
    expect(
      await asked(databaseUrl, 'select from delivery.waiting where leased_by is not null'),
    ).toEqual([]);
    expect(
      await asked(databaseUrl, 'select tenant, known_until from delivery.restored order by tenant'),
    ).toEqual([
      { tenant: 'aalter', known_until: new Date('2026-11-20T10:00:00.123Z') },
      { tenant: 'beringen', known_until: null },
    ]);
  });

  it('never gives a number twice: lanes are in the order of their numbers', async () => {
    const restored = await newDatabase();
    await restore({ databaseUrl: restored });
    const [row] = await asked<{ id: string }>(
      restored,
      `insert into delivery.waiting (tenant, target, subject, message, state, due_at, envelope, body)
       values ('aalter', 'topdesk', '', $1, 'waiting', now(), '{}', '') returning id`,
      [randomUUID()],
    );
    expect(Number(row?.id)).toBeGreaterThan(3);
  });

  it('raises the revision, so that no process takes the tenants it knew for the restored ones', async () => {
    const [was] = await asked<{ revision: string }>(url, 'select revision from tenants.revision');
    const restored = await newDatabase();
    await restore({ databaseUrl: restored });
    const [is] = await asked<{ revision: string }>(
      restored,
      'select revision from tenants.revision',
    );
    expect(Number(is?.revision)).toBeGreaterThan(Number(was?.revision) + 1_000_000);
  });

  it('shows one moment, whatever is written meanwhile', async () => {
    let meanwhile = Promise.resolve<unknown>(undefined);
    const backup = await back('moment', () => {
      meanwhile = meanwhile.then(() =>
        asked(
          url,
          `insert into delivery.hold (tenant, target, code, detail, held_by) values ('aalter', $1, 'x', 'x', 'bus')`,
          [randomUUID()],
        ),
      );
    });
    await meanwhile;
    const manifest = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8')) as {
      tables: { schema: string; name: string; rows: number }[];
    };
    expect(manifest.tables.find(({ name }) => name === 'hold')?.rows).toBe(0);
    await asked(url, 'delete from delivery.hold');
  });

  it('holds every table there is, and no key; only its owner reads it', async () => {
    const text = await readFile(join(taken, 'manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as {
      tables: { schema: string; name: string; file: string }[];
    };
    expect(manifest.tables.map(({ schema, name }) => `${schema}.${name}`).sort()).toEqual(
      Object.keys(before).sort(),
    );
    expect(manifest).toMatchObject({ keys: { body: ['body-1'], secret: ['secret-1'] } });
    for (const { bytes } of [...keys.body, ...keys.secret])
      expect(text).not.toContain(bytes.toString('base64'));
    for (const { file } of manifest.tables)
      expect((await stat(join(taken, file))).mode & 0o777).toBe(0o600);
    expect((await stat(taken)).mode & 0o777).toBe(0o700);
  });

  it('that is interrupted leaves nothing that looks like one', async () => {
    const name = join(folder, 'interrupted');
    let tables = 0;
    const interrupted = takeBackup({
      databaseUrl: url,
      folder: name,
      attachments: null,
      tell: () => {
        tables += 1;
        if (tables === 3) throw new Error('the disk is full');
      },
    });
    await expect(interrupted).rejects.toThrow('the disk is full');
    expect([existsSync(name), existsSync(`${name}.partial`)]).toEqual([false, false]);
    await expect(restore({ folder })).rejects.toThrow('is not a complete backup');
  });

  it('does not take the place of another', async () => {
    await expect(back('taken')).rejects.toThrow('exists: give the backup a name of its own');
  });

  it('that was damaged is refused before anything is written', async () => {
    const backup = await back('damaged');
    const file = join(backup, 'tables', 'delivery.waiting.copy.gz');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    await writeFile(file, bytes);
    const restored = await newDatabase();
    await expect(restore({ databaseUrl: restored, folder: backup })).rejects.toThrow(
      'the backup is damaged: tables/delivery.waiting.copy.gz',
    );
    expect(await contentOf(restored)).toEqual({});
  });

  it('is refused without its keys, and nothing is left of a try with the wrong ones', async () => {
    const restored = await newDatabase();
    const other = { databaseUrl: restored, keys: { ...keys, secret: newRing('secret-2') } };
    await expect(restore(other)).rejects.toThrow(
      'the backup cannot be read without key "secret-1" in LBBUS_SECRET_KEY_FILE',
    );
    const wrong = { databaseUrl: restored, keys: { ...keys, body: newRing('body-1') } };
    await expect(restore(wrong)).rejects.toThrow(
      'what lies sealed of tenant aalter does not open with these key files',
    );
    expect(await asked(restored, 'select from tenants.tenant')).toEqual([]);
    expect((await restore({ databaseUrl: restored })).opened.tenants).toBe(2);
  });

  it('only goes into a new database', async () => {
    await expect(restore({ databaseUrl: url })).rejects.toThrow(
      /is not empty: restore into a new one: --into <name> makes it/,
    );
  });

  it('of a version with other migrations is refused', async () => {
    const backup = await back('newer');
    const file = join(backup, 'manifest.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"0002_delivery.sql"', '"9999_later.sql"'));
    await expect(restore({ folder: backup, databaseUrl: await newDatabase() })).rejects.toThrow(
      'the backup knows migration 9999_later.sql, this version of LB-bus does not',
    );
    await writeFile(file, text.replace('lb-bus backup 1', 'lb-bus backup 2'));
    await expect(restore({ folder: backup })).rejects.toThrow('has the format "lb-bus backup 2"');
  });

  it('of an older version comes back as that version, and then runs what came since', async () => {
    const older = await newDatabase();
    await migrate(older, undefined, '0002_delivery.sql');
    await asked(
      older,
      `insert into delivery.effect (tenant, target, message, digest, state) values ('aalter', 't', $1, 'd', 'done')`,
      [randomUUID()],
    );
    const backup = join(folder, 'older');
    await takeBackup({
      databaseUrl: older,
      folder: backup,
      attachments: null,
      tell: () => undefined,
    });
    const restored = await newDatabase();
    await restore({ folder: backup, databaseUrl: restored });
    expect(await migrate(restored)).toEqual([]);
    expect(await asked(restored, 'select digest from delivery.effect')).toEqual([{ digest: 'd' }]);
  });
});
