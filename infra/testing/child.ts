import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { until } from './until.js';

/** It has ended, by itself or by a signal. */
export const hasExited = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

const gone = async (child: ChildProcess): Promise<number | null> => {
  if (!hasExited(child)) await once(child, 'exit');
  return child.exitCode;
};

/** `kill -9`; resolves when it is gone. */
export const killed = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  await gone(child);
};

/** SIGTERM; resolves with the exit code, rejects after the 20 s in which every process of ours leaves. */
export const stopped = async (child: ChildProcess, name: string): Promise<number | null> => {
  child.kill('SIGTERM');
  await until(() => hasExited(child), { what: `${name} stops on SIGTERM`, timeoutMs: 20_000 });
  return child.exitCode;
};

/** What a process of ours has logged, one record per line. */
export const parsedLog = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
