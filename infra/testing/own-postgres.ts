import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, stateAt } from '../bootstrap/checkout.mjs';
import { removePostgres, startPostgres } from '../bootstrap/postgres.mjs';
import { stopRecorded } from '../bootstrap/running.mjs';
import { makePassable } from '../bootstrap/unprivileged.mjs';
import { until } from './until.js';

/** A PostgreSQL of one test file, for what would disturb every other test: its death. */
export interface OwnPostgres {
  readonly url: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** After `kill`: at the same address, with what was in its log. */
  startAgain(): Promise<void>;
  end(): Promise<void>;
}

/** Starts it, as `npm start` starts its own; it is gone when this process is, however that ends. */
export const startOwnPostgres = async (): Promise<OwnPostgres> => {
  const folder = await mkdtemp(join(tmpdir(), 'lb-bus-postgres-'));
  makePassable(folder);
  const state = stateAt(folder);
  const guard = spawn(process.execPath, [join(root, 'infra/bootstrap/guard.mjs'), state.run], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const begin = (port: number | undefined) =>
    startPostgres({ state, port, durable: true, note: () => undefined });
  let server = await begin(undefined);
  const kill = async (): Promise<void> => {
    await stopRecorded(state.run, { atOnce: () => true });
  };
  return {
    url: server.url,
    kill,
    startAgain: async () => {
      // The processes of the life before may still hold its memory: it is tried until they have gone.
      server = await until(() => begin(server.port), { what: 'PostgreSQL again' });
    },
    end: async () => {
      await kill();
      guard.stdin.end();
      removePostgres(state);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
};
