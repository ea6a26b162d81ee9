import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readJson } from './checkout.mjs';
import { identityOf, isAlive } from './running.mjs';

/**
 * Takes the lock for this process; answers who has it otherwise. A lock whose process is gone is taken over.
 * @param {string} file
 * @returns {{ pid: number, since: string } | undefined} undefined: it is ours
 */
export const takeLock = (file) => {
  mkdirSync(dirname(file), { recursive: true });
  const mine = {
    pid: process.pid,
    identity: identityOf(process.pid),
    since: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = readJson(file);
    if (holder && isAlive(holder)) return holder;
    rmSync(file, { force: true });
  }
  return readJson(file);
};

/** @param {string} file */
export const releaseLock = (file) => {
  if (readJson(file)?.pid === process.pid) rmSync(file, { force: true });
};

/**
 * Runs `work` when no other process runs its own under this lock.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withLock = async (file, work) => {
  while (takeLock(file)) await pause(100);
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
};
