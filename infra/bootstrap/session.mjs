import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './checkout.mjs';
import { stopRecorded } from './running.mjs';

const insistMs = 1_000;
const settleMs = 3_000;

/**
 * Starts the process that stops everything of the run folder when we are gone without having done so.
 * @param {string} runFolder
 */
const startGuard = (runFolder) => {
  mkdirSync(runFolder, { recursive: true });
  const guard = spawn(process.execPath, [join(root, 'infra/bootstrap/guard.mjs'), runFolder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.stdin.on('error', () => undefined);
  return () =>
    new Promise((resolve) => {
      if (guard.exitCode !== null) resolve(undefined);
      guard.once('exit', resolve);
      guard.stdin.end();
    });
};

/**
 * The life of one command that starts processes, all recorded in its run folder. Ctrl-C, SIGTERM and a closed
 * terminal end it. A signal that comes twice at once (the terminal and npm both send it) counts once; insisting later
 * stops everything at once.
 * @param {string} runFolder
 * @param {() => void} onInterrupt
 */
export const openSession = (runFolder, onInterrupt) => {
  const stop = new AbortController();
  const endGuard = startGuard(runFolder);
  let insisted = false;
  let interruptedAt = 0;
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(name, () => {
      if (interruptedAt === 0) {
        interruptedAt = performance.now();
        onInterrupt();
        stop.abort(new Error(`interrupted by ${name}`));
      }
      if (performance.now() - interruptedAt > insistMs) insisted = true;
    });
  }
  // The terminal may be gone; what we still print then is for nobody.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const stopAll = () => stopRecorded(runFolder, { atOnce: () => insisted });
  return {
    interrupted: () => interruptedAt !== 0,
    /**
     * Runs `work` until it answers or the session is interrupted; then stops what it started. Answers undefined where
     * it was interrupted.
     * @template T
     * @param {(signal: AbortSignal) => Promise<T>} work `signal` tells that it is to end
     * @returns {Promise<T | undefined>}
     */
    run: async (work) => {
      const working = work(stop.signal);
      const interruption = new Promise((resolve) => {
        stop.signal.addEventListener('abort', () => resolve(undefined), { once: true });
      });
      try {
        await Promise.race([working, interruption]);
        return interruptedAt === 0 ? await working : undefined;
      } finally {
        stop.abort();
        await stopAll();
        // What was still starting gives up now that its servers are gone; what it started meanwhile stops below.
        await Promise.race([working.catch(() => undefined), pause(settleMs)]);
      }
    },
    close: async () => {
      await stopAll();
      await endGuard();
    },
  };
};
