import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../bootstrap/ports.mjs';
import { startPostgres } from '../../bootstrap/postgres.mjs';

const startMs = 90_000;

/** @param {string} url */
const answers = async (url) => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * Log files of former lives are kept: they are read in the end.
 * @param {string} file
 * @param {number} life
 */
export const keepLog = (file, life) => {
  if (existsSync(file)) renameSync(file, file.replace(/\.log$/, `.${life}.log`));
};

/**
 * A PostgreSQL of the run's own, which is there when this resolves.
 * @param {import('../../bootstrap/checkout.mjs').State} state
 * @returns {Promise<import('../ground.js').BreakableDatabase>}
 */
export const openDatabase = async (state) => {
  const port = await freePort();
  let life = 0;
  /** @type {Awaited<ReturnType<typeof startPostgres>> | undefined} */
  let server;

  const begin = async () => {
    keepLog(join(state.log, 'postgresql.log'), (life += 1));
    server = await startPostgres({ state, port, durable: false, note: () => undefined });
    return server;
  };
  const start = async () => {
    const deadline = performance.now() + startMs;
    while (!server || server.child.hasEnded() || !(await answers(server.url))) {
      if (performance.now() > deadline) throw new Error('PostgreSQL did not come back');
      // The processes of the life before may still hold its memory: it is tried again until they have gone.
      if (!server || server.child.hasEnded()) await begin().catch(() => undefined);
      await pause(200);
    }
  };
  await begin();
  await start();
  return {
    url: /** @type {NonNullable<typeof server>} */ (server).url,
    start,
    kill: async () => {
      if (!server || server.child.hasEnded()) return;
      process.kill(server.child.pid, 'SIGKILL');
      await server.child.ended;
    },
  };
};
