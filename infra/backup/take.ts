import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { packageRoot } from '#runtime/root.js';
import { attachmentsFolder, copyAttachments, folderOf } from './attachments.js';
import { everyRowOf, readSequences, readTables, type Table } from './catalogue.js';
import { sync, writeCompressed } from './files.js';
import { manifestName, newManifest, type Manifest, type StoredTable } from './manifest.js';
import { openSession } from './session.js';

export interface BackupOptions {
  readonly databaseUrl: string;
  /** Made by the backup; must not exist. */
  readonly folder: string;
  /** `LBBUS_ATTACHMENTS`, to copy what lies there as well; null to leave that to the operator. */
  readonly attachments: string | null;
  /** Told of each table. */
  readonly tell: (words: string) => void;
}

const tablesFolder = 'tables';

const writeTable = async (
  client: pg.Client,
  folder: string,
  table: Table,
): Promise<StoredTable> => {
  const rows = client.query(copyTo(`copy (${everyRowOf(table)}) to stdout`));
  const file = join(tablesFolder, `${table.schema}.${table.name}.copy.gz`);
  const stored = await writeCompressed(folder, file, rows);
  return { ...table, ...stored, rows: rows.rowCount };
};

const writeTables = async (
  client: pg.Client,
  folder: string,
  tell: BackupOptions['tell'],
): Promise<StoredTable[]> => {
  await mkdir(join(folder, tablesFolder), { mode: 0o700 });
  const stored: StoredTable[] = [];
  for (const table of await readTables(client)) {
    const one = await writeTable(client, folder, table);
    stored.push(one);
    tell(`${one.schema}.${one.name}: ${one.rows} rows, ${one.bytes} bytes`);
  }
  return stored;
};

/** The id of the key that sealed a value stands in it, after version and length. */
const sealedBy = (column: string): string =>
  `convert_from(substring(${column} from 3 for get_byte(${column}, 1)), 'UTF8')`;

const keysOf = async (client: pg.Client): Promise<Manifest['keys']> => {
  const ids = async (column: string): Promise<string[]> => {
    const { rows } = await client.query<{ id: string }>(
      `select distinct ${sealedBy(column)} as id from tenants.tenant where ${column} is not null order by 1`,
    );
    return rows.map(({ id }) => id);
  };
  // What was sealed to a key has one byte and the key of that once before it.
  const { rows } = await client.query<{ id: string }>(`
    select distinct convert_from(substring(sealed from 36 for get_byte(sealed, 34)), 'UTF8') as id
    from tenants.secret where get_byte(sealed, 0) = 2`);
  const secret = [...(await ids('secret_key')), ...rows.map(({ id }) => id)];
  return { body: await ids('body_key'), secret: [...new Set(secret)].sort() };
};

const madeBy = async (): Promise<string> => {
  const text = await readFile(join(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

/** Everything in one transaction that sees one moment, however long it takes; nothing waits for it. */
const writeDatabase = async (
  { databaseUrl, tell }: BackupOptions,
  folder: string,
): Promise<Omit<Manifest, 'format' | 'attachments'>> => {
  const client = await openSession(databaseUrl, 'lb-bus backup');
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`select set_config('app.tenant', '*', true)`);
    const { rows: applied } = await client.query<Manifest['migrations'][number]>(
      'select name, checksum from migrations.applied order by name',
    );
    const { rows: moments } = await client.query<{ at: Date }>('select now() as at');
    const { rows: tenants } = await client.query<{ id: string }>(
      'select id from tenants.tenant order by id',
    );
    const tables = await writeTables(client, folder, tell);
    return {
      madeBy: await madeBy(),
      takenAt: (moments[0]?.at ?? new Date()).toISOString(),
      migrations: applied,
      tables,
      sequences: await readSequences(client),
      tenants: tenants.map(({ id }) => id),
      keys: await keysOf(client),
    };
  } finally {
    await client.end();
  }
};

const writeAttachments = async (
  { attachments, tell }: BackupOptions,
  folder: string,
): Promise<Manifest['attachments']> => {
  if (attachments === null) return null;
  const copied = await copyAttachments(folderOf(attachments), join(folder, attachmentsFolder));
  tell(`attachments: ${copied.files} files, ${copied.bytes} bytes`);
  return copied;
};

/**
 * Writes the state of one moment to a new folder: `<folder>.partial` until all of it has reached the disk, so that
 * an interrupted backup never looks like one. Throws where the folder exists or the database cannot be read whole.
 */
export const takeBackup = async (options: BackupOptions): Promise<Manifest> => {
  const folder = resolve(options.folder);
  if (existsSync(folder)) throw new Error(`${folder} exists: give the backup a name of its own`);
  if (options.attachments !== null) folderOf(options.attachments);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const database = await writeDatabase(options, partial);
    const attachments = await writeAttachments(options, partial);
    const manifest = newManifest({ ...database, attachments });
    const file = join(partial, manifestName);
    await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    for (const path of [file, join(partial, tablesFolder), partial]) await sync(path);
    await rename(partial, folder);
    await sync(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
};
