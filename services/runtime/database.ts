import { Kysely, PostgresDialect, sql, type PostgresPool, type Transaction } from 'kysely';
import pg from 'pg';
import type { Log } from './log.js';
import { Places } from './places.js';
import type { Tables } from './tables.js';

/** One transaction in which row-level security lets through one tenant, or all (`'*'`) for the bus's own work. */
export type Scoped = Transaction<Tables>;

export interface Database {
  /** Runs `work` in one transaction in the scope; rolls back when it throws. */
  readonly scoped: <T>(scope: string, work: (trx: Scoped) => Promise<T>) => Promise<T>;
  /**
   * Calls back for each notification on the channel, and once after every (re)connection, as notifications
   * may have been missed meanwhile. Returns the way to stop.
   */
  readonly listen: (channel: string, callback: (payload: string) => void) => () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly log: Log;
  readonly poolSize?: number;
  /** A statement that takes longer is cancelled by the server. */
  readonly statementTimeoutMs?: number;
  /** How long work waits for a connection while all are in use, 5 s by default; Infinity for as long as it takes. */
  readonly placeWaitMs?: number;
}

const reconnectMs = 500;
const connectMs = 5_000;
const usualPoolSize = 10;

/**
 * A pool with a line of its own in front: in that of pg the wait for a free connection and the wait for a server that
 * does not answer are one timeout, so that a busy process would take itself for one whose PostgreSQL is away.
 */
const boundedPool = (pool: pg.Pool, places: Places): PostgresPool => {
  pool.on('release', () => places.leave());
  return {
    connect: async () => {
      await places.enter();
      try {
        return await pool.connect();
      } catch (cause) {
        // Whoever stands in line would meet the same, one after the other.
        if (cause instanceof Error) places.refuse(cause);
        places.leave();
        throw cause;
      }
    },
    end: () => pool.end(),
  };
};

/** Opens a pool whose sessions work as `lbbus_app`. Connects lazily: PostgreSQL may be away. */
export const openDatabase = (options: DatabaseOptions): Database => {
  const session: pg.ClientConfig = {
    connectionString: options.url,
    options: '-c role=lbbus_app',
    connectionTimeoutMillis: connectMs,
    application_name: 'lb-bus',
  };
  const { poolSize = usualPoolSize, placeWaitMs = connectMs } = options;
  const pool = new pg.Pool({
    ...session,
    max: poolSize,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    keepAlive: true,
  });
  pool.on('error', (error) => {
    options.log.warn({ code: Reflect.get(error, 'code') }, 'a database connection was lost');
  });
  // The pool listens to idle connections only; one that is lost while in use fails its query, and must not end us.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: boundedPool(pool, new Places(poolSize, placeWaitMs)) }),
  });
  const listeners = new Set<() => Promise<void>>();

  return {
    scoped: (scope, work) =>
      kysely.transaction().execute(async (trx) => {
        await sql`select set_config('app.tenant', ${scope}, true)`.execute(trx);
        return work(trx);
      }),
    listen: (channel, callback) => {
      const stop = listen(session, channel, callback);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    close: async () => {
      await Promise.all([...listeners].map((stop) => stop()));
      await kysely.destroy();
    },
  };
};

const listen = (
  session: pg.ClientConfig,
  channel: string,
  callback: (payload: string) => void,
): (() => Promise<void>) => {
  let stopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;

  const retry = (lost: pg.Client): void => {
    if (stopped || client !== lost) return;
    client = null;
    lost.end().catch(() => undefined);
    timer = setTimeout(connect, reconnectMs);
  };
  const connect = (): void => {
    const next = new pg.Client({ ...session, keepAlive: true });
    client = next;
    next.on('error', () => retry(next));
    next.on('end', () => retry(next));
    next.on('notification', (notification) => callback(notification.payload ?? ''));
    next
      .connect()
      .then(() => next.query(`listen ${pg.escapeIdentifier(channel)}`))
      .then(() => callback(''))
      .catch(() => retry(next));
  };
  connect();
  return async () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
};
