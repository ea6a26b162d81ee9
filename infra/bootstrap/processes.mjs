import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readJson, root } from './checkout.mjs';
import { startChild } from './child.mjs';
import { lastLines } from './log.mjs';
import { SetupProblem } from './problem.mjs';
import { roleEnvironment, roles } from './roles.mjs';

const readyMs = 30_000;
// Longer than a process may take to finish what it has in hand.
const drainMs = 25_000;

/**
 * @typedef {object} RoleProcess
 * @property {import('./roles.mjs').Role} role
 * @property {import('./child.mjs').Child} child
 * @property {number | undefined} port
 * @property {number} internalPort
 */

/** @typedef {{ port?: number, internalPort: number, pid: number }} ReadyNote */

/** @param {number} port */
const isReady = (port) =>
  fetch(`http://127.0.0.1:${port}/health/ready`)
    .then((answer) => answer.ok)
    .catch(() => false);

/**
 * Why a process is of no use, with the end of its log.
 * @param {string} what
 * @param {string} logFile
 */
const failed = (what, logFile) =>
  new SetupProblem(what, `read its log, above and in ${logFile}`, { detail: lastLines(logFile) });

/**
 * @param {import('./roles.mjs').Role} role
 * @param {import('./child.mjs').Child} child
 * @param {string} readyFile
 * @returns {Promise<ReadyNote>}
 */
const untilReady = async (role, child, readyFile) => {
  const deadline = performance.now() + readyMs;
  for (;;) {
    const note = /** @type {ReadyNote | undefined} */ (readJson(readyFile));
    if (note?.pid === child.pid && (await isReady(note.internalPort))) return note;
    if (child.hasEnded())
      throw failed(`${role} ended ${await child.ended} while starting.`, child.logFile);
    if (performance.now() > deadline)
      throw failed(`${role} was not ready within 30 s.`, child.logFile);
    await pause(50);
  }
};

/**
 * Starts one of our processes and waits until it says that it is ready.
 * @param {{ role: import('./roles.mjs').Role, port: number, deployment: import('./roles.mjs').Deployment,
 *   state: import('./checkout.mjs').State }} wish
 * @returns {Promise<RoleProcess>}
 */
export const startRole = async ({ role, port, deployment, state }) => {
  const readyFile = join(state.run, `${role}.ready`);
  rmSync(readyFile, { force: true });
  const child = await startChild({
    name: role,
    runFolder: state.run,
    logFile: join(state.log, `${role}.log`),
    command: process.execPath,
    args: ['--enable-source-maps', join(root, roles[role].main)],
    env: roleEnvironment(role, deployment, { port, readyFile }),
    cwd: root,
    stage: roles[role].stage,
    signal: 'SIGTERM',
    patienceMs: drainMs,
  });
  const note = await untilReady(role, child, readyFile);
  return { role, child, port: note.port, internalPort: note.internalPort };
};

const givesUpAfter = 3;
const windowMs = 60_000;
const restartMs = 500;

/**
 * Watches a running process: one that ends unasked is reported with the end of its log and started again; the third
 * time within a minute the returned promise rejects. Never resolves.
 * @param {{ running: RoleProcess, again: () => Promise<RoleProcess>, report: (text: string) => void,
 *   signal: AbortSignal }} watch
 * @returns {Promise<void>}
 */
export const keepRunning = async ({ running, again, report, signal }) => {
  /** @type {number[]} */
  const ends = [];
  for (let current = running; ;) {
    const how = await current.child.ended;
    if (signal.aborted) return;
    ends.push(performance.now());
    const what = `${current.role} ended ${how}.`;
    if (ends.filter((at) => performance.now() - at < windowMs).length >= givesUpAfter)
      throw failed(`${what} It is the third time within a minute.`, current.child.logFile);
    report(`${what} Its last words:\n${lastLines(current.child.logFile)}\nStarting it again.`);
    await pause(restartMs);
    current = await again();
    report(`${current.role} is back.`);
  }
};

/**
 * Rejects when a server that everything leans on ends unasked; resolves when it ended because we stop.
 * @param {import('./child.mjs').Child} child
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const failWhenEnded = async (child, signal) => {
  const how = await child.ended;
  if (signal.aborted) return;
  throw failed(`${child.name} ended ${how}.`, child.logFile);
};
