import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../bootstrap/checkout.mjs';
import { SetupProblem } from '../../bootstrap/problem.mjs';
import { reportFolder } from './place.mjs';
import { runOnGround } from './run.mjs';

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
 * `npm run chaos -- --minutes N --seed S [--nodes 1|3] [--rate messages per second]`
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export const chaosCommand = (args) =>
  runOnGround(
    () => optionsIn(args),
    async ({ openGround, print }, options) => {
      const { chaos } = /** @type {typeof import('../main.js')} */ (await built());
      return (await chaos({ options, openGround, print })) === 0;
    },
    (state, { seed }) => `\n  The logs are kept in ${keepLogs(state, seed)}`,
  );
