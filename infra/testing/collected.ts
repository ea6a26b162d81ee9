import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { CollectedRecord } from '#bus/audit.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { freshDatabase, type FreshDatabase } from './database.js';

/** Writes records as the collector does. */
type Writing = (database: Database, records: readonly CollectedRecord[]) => Promise<void>;

/** What a collector writes to in a test file; before each test nothing is stored. */
interface Collected {
  readonly database: Database;
  /** Writes records in batches of that size. */
  readonly store: (records: readonly CollectedRecord[], size?: number) => Promise<void>;
}

/** Registers a database for a test file: call it once, at its top or in its `describe`. */
export const useCollected = (write: Writing): Collected => {
  let fresh: FreshDatabase;
  let database: Database;
  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
  });
  beforeEach(() =>
    database.scoped('*', async (trx) => {
      for (const table of ['message', 'target', 'step'] as const)
        await trx.deleteFrom(`monitoring.${table}`).execute();
    }),
  );
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });
  return {
    get database() {
      return database;
    },
    store: async (records, size = 250) => {
      for (let at = 0; at < records.length; at += size)
        await write(database, records.slice(at, at + size));
    },
  };
};
