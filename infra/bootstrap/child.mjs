import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { record } from './running.mjs';

/**
 * A process of ours that runs until it is stopped through its record in the run folder.
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {string} logFile
 * @property {() => boolean} hasEnded
 * @property {Promise<string>} ended how it ended, in words: "with code 1", "by SIGKILL"
 */

/**
 * Starts a process with its output in a log file (the log of the run before is kept as `.previous`), and records it
 * so that it is stopped whatever becomes of us. In a process group of its own: Ctrl-C reaches only us, and we stop
 * the others in order.
 * @param {Omit<import('./running.mjs').Running, 'pid' | 'identity'> & {
 *   runFolder: string, logFile: string, command: string, args: readonly string[],
 *   env: NodeJS.ProcessEnv, cwd?: string, uid?: number, gid?: number }} program
 * @returns {Promise<Child>}
 */
export const startChild = async ({
  runFolder,
  logFile,
  command,
  args,
  env,
  cwd,
  uid,
  gid,
  ...entry
}) => {
  mkdirSync(dirname(logFile), { recursive: true });
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.previous`);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(command, args, {
    env,
    stdio: ['ignore', log, log],
    detached: true,
    ...(cwd !== undefined && { cwd }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
  closeSync(log);
  let hasEnded = false;
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      hasEnded = true;
      resolve(signal ? `by ${signal}` : `with code ${code}`);
    });
  });
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = /** @type {number} */ (child.pid);
  record(runFolder, { ...entry, pid });
  return { name: entry.name, pid, logFile, hasEnded: () => hasEnded, ended };
};
