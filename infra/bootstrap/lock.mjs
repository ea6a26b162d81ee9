import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readJson } from './checkout.mjs';
import { identityOf, isAlive } from './running.mjs';

/** @typedef {{ pid: number, identity: string, since: string }} Holder */

/** @param {string} file */
const holderOf = (file) => /** @type {Holder | undefined} */ (readJson(file));

/**
 * Who holds the lock and still runs.
 * @param {string} file
 */
export const lockHolder = (file) => {
  const holder = holderOf(file);
  return holder && isAlive(holder) ? holder : undefined;
};

/**
 * Takes the lock for this process; answers who has it otherwise. A lock whose process is gone is taken over.
 * @param {string} file
 * @returns {Holder | undefined} undefined: it is ours
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
    const holder = holderOf(file);
    if (holder && isAlive(holder)) return holder;
    rmSync(file, { force: true });
  }
  return holderOf(file);
};

/** @param {string} file */
export const releaseLock = (file) => {
  if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
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
