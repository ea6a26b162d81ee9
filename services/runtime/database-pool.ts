import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import type { DatabaseHealth } from './database-health.js';
import {
  awayUnder,
  unavailableAtConnect,
  unavailableBy,
  type DatabaseUnavailable,
} from './database-unavailable.js';
import type { PreparedNames } from './prepared.js';
import type { Places } from './places.js';
import { isBegin, isLast, isUnread } from './riding.js';

export interface PoolOptions {
  readonly places: Places;
  readonly health: DatabaseHealth;
  readonly names: PreparedNames;
  /** How long a statement may stay without any answer before its connection is given up. */
  readonly answerMs: number;
  /** How long the plans of a connection are kept. */
  readonly plansKeptMs: number;
}

const silentCode = 'ETIMEDOUT';

const errorOf = (cause: unknown): Error =>
  cause instanceof Error ? cause : new Error(String(cause));

/**
 * Runs `work` on the client; where no end of it comes in time the connection is destroyed, which ends it. The server's own
 * statement_timeout is of no use where the server is frozen, or the way to it swallows everything.
 */
export const answeredWithin = async <T>(
  client: pg.Client,
  answerMs: number,
  work: () => Promise<T>,
): Promise<T> => {
  const giveUp = () => client.connection.stream.destroy(awayUnder(silentCode));
  const timer = setTimeout(giveUp, answerMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
};

/** Connections of a pool that may be used: those that were made since PostgreSQL last left a statement without an answer. */
class Fresh {
  readonly #pool: pg.Pool;
  readonly #madeAt = new WeakMap<pg.Client, number>();
  readonly #plannedAt = new WeakMap<pg.Client, number>();
  readonly #plansKeptMs: number;
  #silentAt = 0;

  constructor(pool: pg.Pool, plansKeptMs: number) {
    this.#plansKeptMs = plansKeptMs;
    this.#pool = pool;
    pool.on('connect', (client) => {
      this.#madeAt.set(client, performance.now());
      this.#plannedAt.set(client, performance.now());
    });
  }

  async connect(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await this.#pool.connect();
      if ((this.#madeAt.get(client) ?? 0) >= this.#silentAt) return client;
      client.release(true);
    }
  }

  /** True where the plans that the server keeps for it are to be made anew: tables have grown since. */
  outgrown(client: pg.Client): boolean {
    const now = performance.now();
    if (now - (this.#plannedAt.get(client) ?? now) < this.#plansKeptMs) return false;
    this.#plannedAt.set(client, now);
    return true;
  }

  /** Whoever was silent once would be so on every connection that it left, one after the other. */
  distrust(): void {
    this.#silentAt = performance.now();
  }
}

/** What a transaction ends with: of one that failed a commit does no more than a rollback. */
const ends = new Set(['commit', 'rollback']);
const nothing = { command: 'UNREAD', rowCount: 0, rows: [] };

/**
 * A client that tells what PostgreSQL cannot do now as `DatabaseUnavailable`; once its connection is lost, always. What
 * nobody reads the answer of leaves with what follows: one way there and back for all of it.
 */
const watched = (
  client: pg.PoolClient,
  fresh: Fresh,
  { health, answerMs, names }: PoolOptions,
): PostgresPoolClient => {
  const { stream } = client.connection;
  const unanswered: Promise<unknown>[] = [];
  /** Why the connection was lost: what is asked of it afterwards, a rollback too, says no more than that it was. */
  let lost: DatabaseUnavailable | undefined;

  const answerOf = async (asked: Promise<unknown>): Promise<unknown> => {
    const askedAt = performance.now();
    try {
      return await answeredWithin(client, answerMs, () => asked);
    } catch (cause) {
      const error = errorOf(cause);
      const unavailable = lost ?? unavailableBy(error);
      if (!unavailable) throw error;
      if (!unavailable.answers && unavailable.forAll) lost = unavailable;
      health.failed(unavailable, askedAt);
      if (unavailable.code === silentCode) fresh.distrust();
      throw unavailable;
    }
  };
  const send = (text: string, values: readonly unknown[]): Promise<unknown> => {
    const name = values.length === 0 ? undefined : names.nameOf(text);
    const asked = client.query({ ...(name !== undefined && { name }), text, values: [...values] });
    // Whoever reads an answer meets it; of two that fail the first says why.
    asked.catch(() => undefined);
    return asked;
  };
  /** The commit that was sent with the last statement. */
  let committing: Promise<unknown> | undefined;

  const ended = (text: string, commit: Promise<unknown>): Promise<unknown> => {
    if (ends.has(text)) return answerOf(commit);
    throw new Error(`after the last statement came another: ${text}`);
  };
  const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    if (committing) return ended(text, committing);
    if (unanswered.length === 0) stream.cork();
    if (isBegin(text) && fresh.outgrown(client)) unanswered.push(send('discard plans', []));
    unanswered.push(send(text, values));
    if (isUnread(text)) return nothing;
    if (isLast(text)) committing = send('commit', []);
    stream.uncork();
    let answer: unknown;
    for (const one of unanswered.splice(0)) answer = await answerOf(one);
    return answer;
  };
  return { query: query as PostgresPoolClient['query'], release: () => client.release() };
};

/**
 * A pool that is entered by `places` only: in the line of pg the wait for a free connection and the wait for a server
 * that does not answer are one timeout, so that a busy process would take itself for one whose PostgreSQL is away.
 */
export const boundedPool = (pool: pg.Pool, options: PoolOptions): PostgresPool => {
  const { places, health } = options;
  const fresh = new Fresh(pool, options.plansKeptMs);
  return {
    connect: async () => {
      const askedAt = performance.now();
      try {
        return watched(await fresh.connect(), fresh, options);
      } catch (cause) {
        const unavailable = unavailableAtConnect(errorOf(cause));
        health.failed(unavailable, askedAt);
        // Whoever stands in line would meet the same, one after the other.
        places.refuse(unavailable);
        throw unavailable;
      }
    },
    end: () => pool.end(),
  };
};
