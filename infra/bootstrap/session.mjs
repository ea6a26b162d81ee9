import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './checkout.mjs';
import { stopRecorded } from './running.mjs';

const insistMs = 1_000;

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
 * The life of one command that starts processes: `signal` tells that it is to end (Ctrl-C, SIGTERM, the terminal
 * closed), and `close` stops, in order, everything that it recorded in its run folder. A signal that comes twice at
 * once (the terminal and npm both send it) counts once; insisting later stops everything at once.
 * @param {string} runFolder
 * @param {(signal: string) => void} onInterrupt
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
        onInterrupt(name);
        stop.abort(new Error(`interrupted by ${name}`));
        return;
      }
      if (performance.now() - interruptedAt > insistMs) insisted = true;
    });
  }
  // The terminal may be gone; what we still print then is for nobody.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    signal: stop.signal,
    interrupted: () => interruptedAt !== 0,
    close: async () => {
      const stopped = await stopRecorded(runFolder, { atOnce: () => insisted });
      await endGuard();
      return stopped;
    },
  };
};
