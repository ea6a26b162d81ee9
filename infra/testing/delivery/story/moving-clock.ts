import { sql } from 'kysely';
import { Client } from 'pg';
import { freshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';

/** A database whose clock goes forward when the test says so, and whose work is done in one session. */
export interface MovingClock {
  readonly database: Database;
  readonly forward: (ms: number) => Promise<void>;
  /** Rows of a statement, as its owner sees them. */
  readonly ask: <T>(statement: string) => Promise<T[]>;
  readonly close: () => Promise<void>;
}

/** Found before the functions of PostgreSQL itself; nothing is written through to the disk, which no test here pulls out. */
const setUp = (name: string): string => `
  create schema moved;
  create function moved.clock_timestamp() returns timestamptz language sql volatile as $$
    select pg_catalog.clock_timestamp() + current_setting('moved.by')::interval $$;
  create function moved.now() returns timestamptz language sql stable as $$
    select pg_catalog.now() + current_setting('moved.by')::interval $$;
  grant usage on schema moved to public;
  alter database "${name}" set search_path = moved, pg_catalog, public;
  alter database "${name}" set moved.by = '0';
  alter database "${name}" set synchronous_commit = off;`;

/** A migrated database of its own with such a clock. */
export const openMovingClock = async (): Promise<MovingClock> => {
  const fresh = await freshDatabase();
  const owner = new Client({ connectionString: fresh.url });
  await owner.connect();
  await owner.query(setUp(new URL(fresh.url).pathname.slice(1)));
  await owner.query(`set search_path = moved, pg_catalog, public; set moved.by = '0'`);
  const log = createLog('test', 'silent');
  const database = openDatabase({ url: fresh.url, log, poolSize: 1 });
  let byMs = 0;
  return {
    database,
    forward: async (ms) => {
      byMs += ms;
      const by = `${byMs} ms`;
      await owner.query(`select set_config('moved.by', $1, false)`, [by]);
      await database.scoped('*', (trx) =>
        sql`select set_config('moved.by', ${by}, false)`.execute(trx),
      );
    },
    ask: async <T>(statement: string) => (await owner.query(statement)).rows as T[],
    close: async () => {
      await owner.end();
      await database.close();
      await fresh.drop();
    },
  };
};
