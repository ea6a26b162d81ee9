import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Scoped } from '#runtime/database.js';
import type { Tables } from '#runtime/tables.js';

/** The tenant tables as their owner sees them: the only one that may write them. */
export interface OwnerDatabase {
  /** One transaction in the scope of a tenant, or `'*'`; rolls back when `work` throws. */
  readonly scoped: <T>(scope: string, work: (trx: Scoped) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** Connects with the login of DATABASE_URL itself; processes work as `lbbus_app`, which only reads these tables. */
export const openOwnerDatabase = (url: string): OwnerDatabase => {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'lb-bus apply',
    connectionTimeoutMillis: 5_000,
    max: 2,
  });
  pool.on('error', () => undefined);
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    scoped: (scope, work) =>
      kysely.transaction().execute(async (trx) => {
        await sql`select set_config('app.tenant', ${scope}, true)`.execute(trx);
        return work(trx);
      }),
    close: () => kysely.destroy(),
  };
};
