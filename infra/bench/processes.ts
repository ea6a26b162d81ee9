import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '#runtime/root.js';

const readyMs = 180_000;

/** What a process of the bench stands on. */
export interface Standing {
  /** Whole environment but its own files and ports. */
  readonly environment: Readonly<Record<string, string>>;
  /** Its ready file and its log lie in it. */
  readonly folder: string;
  /** Where each process leaves what its processor did, as it ends; nothing is noted where it is not given. */
  readonly profiles?: string;
}

/** A process of the bench, ready. */
export interface Started {
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

const ended = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

const running = new Set<ChildProcess>();
// However the bench ends, but for a kill -9: what it leaves behind would slow the next.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a built process on free ports and waits until it is ready. Throws with its log. */
export const startBuilt = async (main: string, name: string, on: Standing): Promise<Started> => {
  const readyFile = join(on.folder, `${name}.ready.json`);
  const logFile = join(on.folder, `${name}.log`);
  const output = openSync(logFile, 'a');
  const noting =
    on.profiles === undefined
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${on.profiles}`, `--cpu-prof-name=${name}.cpuprofile`];
  const child = spawn(process.execPath, [...noting, join(packageRoot, 'dist', main)], {
    env: {
      ...on.environment,
      PATH: process.env['PATH'],
      LBBUS_PORT: '0',
      LBBUS_INTERNAL_PORT: '0',
      LBBUS_READY_FILE: readyFile,
    },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  running.add(child);
  child.once('exit', () => running.delete(child));
  const deadline = performance.now() + readyMs;
  while (!existsSync(readyFile)) {
    if (ended(child) || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${name} did not come up:\n${readFileSync(logFile, 'utf8')}`);
    }
    await pause(100);
  }
  const { port = 0 } = JSON.parse(readFileSync(readyFile, 'utf8')) as { port?: number };
  return {
    port,
    pid: child.pid ?? 0,
    stop: async () => {
      if (ended(child)) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};
