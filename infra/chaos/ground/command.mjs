import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../../bootstrap/build.mjs';
import { root } from '../../bootstrap/checkout.mjs';
import { installDependencies } from '../../bootstrap/dependencies.mjs';
import { takeLock } from '../../bootstrap/lock.mjs';
import { explain, SetupProblem } from '../../bootstrap/problem.mjs';
import { openSession } from '../../bootstrap/session.mjs';
import { createSteps } from '../../bootstrap/steps.mjs';
import { removeGround, removeLeftovers, reportFolder, runState } from './place.mjs';

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {{ otherwise: number, least: number, most: number }} limits
 */
const numberOf = (name, text, { otherwise, least, most }) => {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new SetupProblem(
    `--${name} ${text} does not do.`,
    `give a number from ${least} to ${most}`,
  );
};

/** @param {readonly string[]} args */
const optionsIn = (args) => {
  const option = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: option, seed: option, nodes: option, rate: option },
  });
  const whole = Math.floor(Math.random() * 1_000_000);
  return {
    minutes: numberOf('minutes', values.minutes, { otherwise: 3, least: 1, most: 1_440 }),
    seed: Math.trunc(numberOf('seed', values.seed, { otherwise: whole, least: 0, most: 2 ** 31 })),
    nodes: numberOf('nodes', values.nodes, { otherwise: 3, least: 1, most: 3 }) === 1 ? 1 : 3,
    perSecond: numberOf('rate', values.rate, { otherwise: 10, least: 1, most: 1_000 }),
    tenants: 20,
    replicas: { gateway: 2, delivery: 2, monitoring: 1 },
  };
};

/** @typedef {ReturnType<typeof optionsIn>} Options */

/**
 * The logs of a run are kept until the next with its seed.
 * @param {import('../../bootstrap/checkout.mjs').State} state
 * @param {number} seed
 */
const keepLogs = (state, seed) => {
  const folder = join(reportFolder, `logs-${seed}`);
  rmSync(folder, { recursive: true, force: true });
  if (existsSync(state.log)) cpSync(state.log, folder, { recursive: true });
  return folder;
};

/** @returns {Promise<unknown>} the run as it was compiled just now */
const built = () => import(join(root, 'dist/infra/chaos/main.js'));

/**
 * @param {Options} options
 * @param {{ state: import('../../bootstrap/checkout.mjs').State,
 *   steps: import('../../bootstrap/steps.mjs').Steps, signal: AbortSignal }} run
 * @returns {Promise<number>} how much differs
 */
const perform = async (options, { state, steps, signal }) => {
  await steps.run('dependencies', (note) => installDependencies(note, signal));
  await steps.run('build', (note) => buildIfStale(note, signal));
  // Not before the dependencies are there: it needs some of them.
  const { openGround } = await import('./ground.mjs');
  const { chaos } = /** @type {typeof import('../main.js')} */ (await built());
  return chaos({
    options,
    openGround: () => openGround({ state, nodes: options.nodes, steps }),
    print: steps.print,
  });
};

/**
 * `npm run chaos -- --minutes N --seed S [--nodes 1|3] [--rate messages per second]`
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export const chaosCommand = async (args) => {
  const steps = createSteps(process.stdout);
  try {
    const options = optionsIn(args);
    await removeLeftovers();
    const state = runState();
    takeLock(state.lock);
    const session = openSession(state.run, () => {
      steps.end();
      steps.print('\n  Stopping.');
    });
    try {
      const found = await session.run((signal) => perform(options, { state, steps, signal }));
      return found === 0 ? 0 : 1;
    } finally {
      await session.close();
      steps.print(`\n  The logs are kept in ${keepLogs(state, options.seed)}`);
      removeGround(state);
    }
  } catch (error) {
    steps.end();
    steps.print(`\n${explain(error)}`);
    return 1;
  }
};
