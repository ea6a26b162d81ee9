import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { escapeIdentifier, type Client } from 'pg';
import { migrate } from '#infra/migrations/migrate.js';
import { attachmentsFolder, copyAttachments, folderOf } from './attachments.js';
import { checkFile } from './files.js';
import { requireKeys, requireMigrations, requireNew } from './fitting.js';
import { loadRows } from './load.js';
import { readManifest, type Manifest } from './manifest.js';
import { proveKeys, type GivenKeys, type Opened } from './opening.js';
import { openSession } from './session.js';

const unknownDatabase = '3D000';
const duplicateDatabase = '42P04';

const codeOf = (error: unknown): unknown =>
  error instanceof Error ? Reflect.get(error, 'code') : undefined;

export interface RestoreOptions {
  readonly folder: string;
  readonly databaseUrl: string;
  /** Name of a database that is made on the server of `databaseUrl`; null for that database itself, which must be new. */
  readonly into: string | null;
  readonly keys: GivenKeys;
  /** `LBBUS_ATTACHMENTS`, where the attachments of the backup go; null to leave them. */
  readonly attachments: string | null;
  readonly tell: (words: string) => void;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly databaseUrl: string;
  readonly opened: Opened;
}

const named = (serverUrl: string, name: string): string =>
  Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;

/** The database that was lost may be gone altogether: every server has one called postgres. */
const openServer = (serverUrl: string): Promise<Client> =>
  openSession(serverUrl, 'lb-bus restore').catch((error: unknown) => {
    if (codeOf(error) !== unknownDatabase) throw error;
    return openSession(named(serverUrl, 'postgres'), 'lb-bus restore');
  });

const makeDatabase = async (serverUrl: string, name: string): Promise<string> => {
  const client = await openServer(serverUrl);
  try {
    await client.query(`create database ${escapeIdentifier(name)}`);
  } catch (error) {
    // An earlier try made it; whether it is still new is looked at like that of any other.
    if (codeOf(error) !== duplicateDatabase) throw error;
  } finally {
    await client.end();
  }
  return named(serverUrl, name);
};

const inTransaction = async <T>(client: Client, work: () => Promise<T>): Promise<T> => {
  await client.query('begin');
  try {
    await client.query(`select set_config('app.tenant', '*', true)`);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};

/**
 * What was in hand when the backup was made is in nobody's hand any more, and no replay goes on unasked. The revision jumps: no process may take the
 * tenants it once knew for these. From now on delivery asks before it acts on what may have acted.
 */
const putRight = async (client: Client, { takenAt }: Manifest): Promise<void> => {
  await client.query('update delivery.waiting set leased_by = null, leased_until = null');
  await client.query('update delivery.cursor set leased_by = null, leased_until = null');
  await client.query('update delivery.effect set busy_until = null where busy_until is not null');
  await client.query(
    `update delivery.parked_order set state = 'paused', note = 'The database was restored from a backup' where state = 'running'`,
  );
  await client.query(
    'update tenants.revision set revision = greatest(revision + 1, extract(epoch from now())::bigint)',
  );
  await client.query(
    `insert into delivery.restored (tenant, backup_at, known_until, restored_at)
     select t.id, $1, (select max(accepted_at) from monitoring.message m where m.tenant = t.id), now()
     from tenants.tenant t
     on conflict (tenant) do update set backup_at = excluded.backup_at,
       known_until = excluded.known_until, restored_at = excluded.restored_at`,
    [takenAt],
  );
};

const restoreAttachments = async (
  { folder, attachments, tell }: RestoreOptions,
  manifest: Manifest,
): Promise<void> => {
  const stored = join(folder, attachmentsFolder);
  if (manifest.attachments === null || attachments === null || !existsSync(stored)) return;
  const { files, bytes } = await copyAttachments(stored, folderOf(attachments));
  tell(`attachments: ${files} files that were not there, ${bytes} bytes`);
};

const checkBackup = async ({ folder, keys }: RestoreOptions): Promise<Manifest> => {
  const manifest = await readManifest(folder);
  await requireMigrations(manifest);
  requireKeys(manifest, keys);
  for (const table of manifest.tables) await checkFile(folder, table);
  return manifest;
};

const restoreDatabase = async (
  databaseUrl: string,
  { folder, keys, tell }: RestoreOptions,
  manifest: Manifest,
): Promise<Opened> => {
  const client = await openSession(databaseUrl, 'lb-bus restore');
  try {
    await requireNew(client, manifest);
    await migrate(databaseUrl, undefined, manifest.migrations.at(-1)?.name);
    const opened = await inTransaction(client, async () => {
      await loadRows(client, folder, manifest, tell);
      return proveKeys(client, keys);
    });
    const later = await migrate(databaseUrl);
    if (later.length > 0) tell(`ran ${later.join(', ')}`);
    await inTransaction(client, () => putRight(client, manifest));
    await client.query('analyze');
    return opened;
  } finally {
    await client.end();
  }
};

/**
 * Brings a backup back into a new database. Everything is checked before anything is written: format, migrations, keys,
 * each file; the rows come in one transaction, which only ends where they open with the given keys.
 */
export const restoreBackup = async (options: RestoreOptions): Promise<Restored> => {
  const manifest = await checkBackup(options);
  const databaseUrl =
    options.into === null
      ? options.databaseUrl
      : await makeDatabase(options.databaseUrl, options.into);
  const opened = await restoreDatabase(databaseUrl, options, manifest);
  await restoreAttachments(options, manifest);
  return { manifest, databaseUrl, opened };
};
