import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from './database.js';
import { packageRoot } from './root.js';

const lookMs = 2_000;
/** SQLSTATE of a schema or table that is not there, or is not to be read by processes: it was made before they asked. */
const older = new Set(['3F000', '42P01', '42501']);

const shippedMigrations = async (): Promise<string[]> =>
  (await readdir(join(packageRoot, 'infra', 'migrations')))
    .filter((name) => name.endsWith('.sql'))
    .sort();

const applied = async (database: Pick<Database, 'scoped'>): Promise<readonly string[] | null> => {
  try {
    const { rows } = await database.scoped('*', (trx) =>
      sql<{ name: string }>`select name from migrations.applied`.execute(trx),
    );
    return rows.map(({ name }) => name);
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return typeof code === 'string' && older.has(code) ? [] : null;
  }
};

/** The first migration of this version that the database lacks; null where it has them all, or cannot be asked. */
export const missingMigration = async (
  database: Pick<Database, 'scoped'>,
  shipped?: readonly string[],
): Promise<string | null> => {
  const known = await applied(database);
  if (known === null) return null;
  return (shipped ?? (await shippedMigrations())).find((name) => !known.includes(name)) ?? null;
};

/**
 * Waits while the tables are older than this program, and says what to do. Tables that are newer are fine: migrations only
 * add. Goes on at once where PostgreSQL does not answer: a process may start without it.
 */
export const untilMigrated = async (
  database: Pick<Database, 'scoped'>,
  log: { readonly error: (facts: object, words: string) => void },
): Promise<void> => {
  for (let told = false; ; told = true) {
    const migration = await missingMigration(database);
    if (migration === null) return;
    if (!told)
      log.error({ migration }, 'the database is older than this program: run "lb-bus migrate"');
    await pause(lookMs);
  }
};
