import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execFileSync } from 'node:child_process';
import { readJson, writeJson } from './checkout.mjs';

/**
 * A process that we started and must stop, as written to the run folder.
 * @typedef {object} Running
 * @property {string} name
 * @property {number} pid also the id of its process group
 * @property {string} identity start time and boot: a pid alone may meanwhile be somebody else's
 * @property {number} stage stops after all lower stages have stopped
 * @property {'SIGTERM' | 'SIGINT'} signal asks it to stop in good order
 * @property {number} patienceMs after which it is killed
 * @property {readonly string[]} [afterwards] a command that removes what the process leaves (a container)
 */

/** The order in which everything stops: the doors first, what they lean on last. */
export const stages = { doors: 1, delivery: 2, window: 3, servers: 4, names: 5 };

/** @param {number} pid */
const linuxIdentity = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; only its parent has not asked yet (in containers nobody may).
  if (fields[0] === 'Z') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}:${fields[19]}`;
};

/**
 * Tells this process from every other that had or will have the same pid; undefined where it does not run.
 * @param {number} pid
 * @returns {string | undefined}
 */
export const identityOf = (pid) => {
  try {
    if (process.platform === 'linux') return linuxIdentity(pid);
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
};

/** @param {{ pid: number, identity: string | undefined }} entry */
export const isAlive = ({ pid, identity }) =>
  identity !== undefined && identityOf(pid) === identity;

/**
 * @param {string} folder
 * @param {Omit<Running, 'identity'>} entry
 */
export const record = (folder, entry) => {
  const identity = identityOf(entry.pid);
  if (identity === undefined) return; // ended already; whoever waits for it to be ready finds out
  writeJson(join(folder, `${entry.name}.json`), { ...entry, identity });
};

/**
 * @param {string} folder
 * @returns {Running[]}
 */
export const recorded = (folder) => {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => /** @type {Running | undefined} */ (readJson(join(folder, file))))
    .filter((entry) => entry !== undefined);
};

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
const send = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch {
    // gone meanwhile
  }
};

/**
 * Asks it to stop, waits as long as it deserves, and kills what is then left of it and its helpers.
 * @param {Running} entry
 * @param {() => boolean} atOnce
 */
const end = async (entry, atOnce) => {
  if (!atOnce()) send(entry.pid, entry.signal);
  const deadline = performance.now() + entry.patienceMs;
  while (isAlive(entry) && performance.now() < deadline && !atOnce()) await pause(20);
  send(-entry.pid, 'SIGKILL');
  while (isAlive(entry)) await pause(5);
};

/**
 * @param {Running} entry
 * @param {() => boolean} atOnce
 */
const stopOne = async (entry, atOnce) => {
  if (isAlive(entry)) await end(entry, atOnce);
  const [command, ...args] = entry.afterwards ?? [];
  if (command) execFileSync(command, args, { stdio: 'ignore' });
};

/**
 * Stops what the run folder names, stage by stage, and forgets it. Used on Ctrl-C, by the guard after a crash, and
 * by the next start.
 * @param {string} folder
 * @param {{ atOnce?: () => boolean, onStopped?: (name: string) => void }} [options] `atOnce`: kill instead of asking
 * @returns {Promise<string[]>} the names of what still ran
 */
export const stopRecorded = async (folder, { atOnce = () => false, onStopped } = {}) => {
  const stopped = recorded(folder)
    .filter(isAlive)
    .map(({ name }) => name);
  const entries = recorded(folder);
  for (const stage of [...new Set(entries.map((entry) => entry.stage))].sort((a, b) => a - b)) {
    await Promise.all(
      entries
        .filter((entry) => entry.stage === stage)
        .map(async (entry) => {
          await stopOne(entry, atOnce).catch(() => undefined);
          rmSync(join(folder, `${entry.name}.json`), { force: true });
          onStopped?.(entry.name);
        }),
    );
  }
  return stopped;
};
