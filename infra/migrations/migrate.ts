import { packageRoot } from '#runtime/root.js';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

const oldestServer = 15;
const lockName = 'lb-bus migrations';
const shippedFolder = join(packageRoot, 'infra', 'migrations');

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

const readMigrations = async (folder: string): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

/** Throws for a server that LB-bus cannot run on; `versionNumber` as in PostgreSQL's `server_version_num`. */
export const refuseOldServer = (versionNumber: number): void => {
  const major = Math.floor(versionNumber / 10_000);
  if (major < oldestServer)
    throw new Error(
      `PostgreSQL ${major} is too old: LB-bus needs ${oldestServer} or later; point DATABASE_URL at a newer server`,
    );
};

const versionNumberOf = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ number: number }>(
    `select current_setting('server_version_num')::int as number`,
  );
  return rows[0]?.number ?? 0;
};

const knownToDatabase = async (client: Client): Promise<Applied[]> => {
  await client.query('create schema if not exists migrations');
  await client.query(
    `create table if not exists migrations.applied (
       name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
  );
  const { rows } = await client.query<Applied>(
    'select name, checksum from migrations.applied order by name',
  );
  return rows;
};

/** Those that still have to run. Throws, naming the file, where history and files disagree. */
const outstanding = (files: readonly Migration[], applied: readonly Applied[]): Migration[] => {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum } of applied) {
    const file = byName.get(name);
    if (!file)
      throw new Error(
        `the database knows migration ${name}, this version of LB-bus does not: use the newer version`,
      );
    if (file.checksum !== checksum)
      throw new Error(
        `migration ${name} was changed after it ran here: put the file back and write the change as a new one`,
      );
  }
  const last = applied.at(-1)?.name ?? '';
  const todo = files.filter(({ name }) => !applied.some((one) => one.name === name));
  const late = todo.find(({ name }) => name < last);
  if (late)
    throw new Error(
      `migration ${late.name} comes before ${last}, which has run: give it a higher number`,
    );
  return todo;
};

const run = async (client: Client, { name, sql, checksum }: Migration): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migrations.applied (name, checksum) values ($1, $2)', [
      name,
      checksum,
    ]);
    await client.query('commit');
  } catch (cause) {
    const undone = await client.query('rollback').then(
      () => true,
      () => false,
    );
    const what = undone
      ? 'failed and was undone'
      : 'was cut off: PostgreSQL went away. Run it again, it is done wholly or not at all';
    throw new Error(`migration ${name} ${what}`, { cause });
  }
};

/** The migrations of this version, in order. */
export const shippedMigrations = (): Promise<readonly Migration[]> => readMigrations(shippedFolder);

/**
 * Brings the database up to this version, or to the migration `last` of it: forward only, a transaction for each file,
 * safe to run from several processes at once. Answers the names of the files that ran; none when it was up to date.
 */
export const migrate = async (
  databaseUrl: string,
  folder = shippedFolder,
  last?: string,
): Promise<string[]> => {
  const files = await readMigrations(folder);
  const client = new Client({ connectionString: databaseUrl, application_name: 'lb-bus migrate' });
  // A lost connection fails the statement that runs.
  client.on('error', () => undefined);
  await client.connect();
  try {
    refuseOldServer(await versionNumberOf(client));
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [lockName]);
    const todo = outstanding(files, await knownToDatabase(client)).filter(
      ({ name }) => last === undefined || name <= last,
    );
    for (const migration of todo) await run(client, migration);
    return todo.map(({ name }) => name);
  } finally {
    await client.end();
  }
};
