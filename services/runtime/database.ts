import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { DatabaseHealth } from './database-health.js';
import { listen } from './database-listen.js';
import { boundedPool } from './database-pool.js';
import type { Log } from './log.js';
import { Places } from './places.js';
import { PreparedNames } from './prepared.js';
import type { Tables } from './tables.js';
import { unread } from './riding.js';

/** One transaction in which row-level security lets through one tenant, some (`scopeOf`), or all (`'*'`) for the bus's own work. */
export type Scoped = Transaction<Tables>;

/** The scope of these tenants, and of no other. */
export const scopeOf = (tenants: readonly string[]): string => [...new Set(tenants)].join(',');

export interface Database {
  /**
   * Runs `work` in one transaction in the scope; rolls back when it throws. Scopes that wait take turns. Throws `DatabaseUnavailable` where PostgreSQL
   * cannot do it now; the commit may then have come through, as its answer may be what was lost.
   */
  readonly scoped: <T>(scope: string, work: (trx: Scoped) => Promise<T>) => Promise<T>;
  /**
   * Calls back for each notification on the channel, and once after every (re)connection, as notifications
   * may have been missed meanwhile. Returns the way to stop.
   */
  readonly listen: (channel: string, callback: (payload: string) => void) => () => Promise<void>;
  /** What is wrong with PostgreSQL, in words for the operator; null while it works. The log tells each change once. */
  readonly problem: () => string | null;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly log: Log;
  /** Sessions work as `lbbus_app`, which reads tenants only, unless they are to change them. */
  readonly role?: 'lbbus_app' | 'lbbus_configure';
  readonly poolSize?: number;
  /**
   * For work that finds every row by its key: one plan for each statement, kept for a while, which reads no table whole, however
   * few rows it had when the plan was made.
   */
  readonly byKey?: boolean;
  /**
   * A plan is made anew after this long: one of when a table was nearly empty reads it whole when it is full. 2 s by default, 10 s
   * `byKey`, where no plan does.
   */
  readonly plansKeptMs?: number;
  /** A statement that takes longer is cancelled by the server. */
  readonly statementTimeoutMs?: number;
  /** Of all pools of the process, where it has several: what stops and goes on is told once. */
  readonly health?: DatabaseHealth;
  /** How long work waits for a connection while all are in use, 5 s by default; Infinity for as long as it takes. */
  readonly placeWaitMs?: number;
}

const connectMs = 5_000;
const usualPoolSize = 10;
const usualPlansKeptMs = { any: 2_000, byKey: 10_000 } as const;
const usualStatementMs = 30_000;
/** The server cancels a statement first; this much later it is taken for gone. */
const answerMarginMs = 2_000;
/** A lock is given up before the whole statement, so that a place that is taken is not taken for a slow server. */
const lockShare = 0.8;
/** Longer than the broker's confirms, which some transactions wait for. What is left open by a process that is frozen ends. */
const idleInTransactionMs = 45_000;

/** The server looks for peers that vanished without a word after a minute, not after two hours. */
const sessionOptions =
  '-c tcp_keepalives_idle=60 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3';

const byKeyOptions =
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan';

const sessionOf = ({ url, role = 'lbbus_app', byKey }: DatabaseOptions): pg.ClientConfig => ({
  connectionString: url,
  options: `-c role=${role} ${sessionOptions} ${byKey ? byKeyOptions : ''}`,
  connectionTimeoutMillis: connectMs,
  application_name: 'lb-bus',
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
});

/** Opens a pool whose sessions work as one role of ours. Connects lazily: PostgreSQL may be away. */
export const openDatabase = (options: DatabaseOptions): Database => {
  const { log, poolSize = usualPoolSize, placeWaitMs = connectMs } = options;
  const { health = new DatabaseHealth(log) } = options;
  const { plansKeptMs = usualPlansKeptMs[options.byKey ? 'byKey' : 'any'] } = options;
  const statementMs = options.statementTimeoutMs ?? usualStatementMs;
  const session = sessionOf(options);
  const pool = new pg.Pool({
    ...session,
    max: poolSize,
    pipeline: true,
    statement_timeout: statementMs,
    lock_timeout: Math.round(statementMs * lockShare),
    idle_in_transaction_session_timeout: idleInTransactionMs,
  });
  // The next that is asked of PostgreSQL meets it too, and says so once.
  pool.on('error', (error) => log.debug({ err: error }, 'a database connection was lost'));
  // The pool listens to idle connections only; one that is lost while in use fails its query, and must not end us.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const places = new Places(poolSize, placeWaitMs);
  const names = new PreparedNames();
  const answerMs = statementMs + answerMarginMs;
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: boundedPool(pool, { places, health, names, answerMs, plansKeptMs }),
    }),
  });
  const listeners = new Set<() => Promise<void>>();

  return {
    scoped: async (scope, work) => {
      const beganAt = performance.now();
      const answer = await places.during(scope, () =>
        kysely.transaction().execute(async (trx) => {
          await unread(sql`select set_config('app.tenant', ${scope}, true)`).execute(trx);
          return work(trx);
        }),
      );
      health.worked(beganAt);
      return answer;
    },
    listen: (channel, callback) => {
      const stop = listen(session, channel, callback);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    problem: () => health.problem,
    close: async () => {
      await Promise.all([...listeners].map((stop) => stop()));
      await kysely.destroy();
    },
  };
};
