import { parseArgs } from 'node:util';
import { SetupProblem } from '../bootstrap/problem.mjs';
import { runOnGround } from '../chaos/ground/run.mjs';
import { built, serversFor } from './built.mjs';
import { peers } from './peers/bench.mjs';

/** @typedef {import('./built.mjs').Run} Run */

/** What can be measured; each is given servers of its own and answers whether its bar was met. */
const benches = {
  /** @param {Run} run */
  neighbours: async ({ ground, options, print }) => {
    const { runNeighbours } = /** @type {typeof import('./neighbours/neighbours.js')} */ (
      await built('neighbours/neighbours.js')
    );
    const { factorAt } = /** @type {typeof import('./neighbours/table.js')} */ (
      await built('neighbours/table.js')
    );
    const { seconds, rate: perSecond } = options;
    const { alone, beside } = await runNeighbours(ground, { seconds, perSecond }, print);
    return factorAt(alone, beside, 0.5) <= 2 && factorAt(alone, beside, 0.95) <= 2;
  },
  /** @param {Run} run */
  questions: async ({ ground, options, print }) => {
    const { p95BarMs, runQuestions } = /** @type {typeof import('./questions/questions.js')} */ (
      await built('questions/questions.js')
    );
    const own = await serversFor(ground, 'questions');
    const { seconds } = options;
    const { failed, p95 } = await runQuestions(own, { seconds, callers: 50 }, print);
    return failed === 0 && p95 < p95BarMs;
  },
  /** @param {Run} run */
  carry: async ({ ground, options, print }) => {
    const { runCarry } = /** @type {typeof import('./carry/carry.js')} */ (
      await built('carry/carry.js')
    );
    const { linesOf } = /** @type {typeof import('./carry/table.js')} */ (
      await built('carry/table.js')
    );
    const servers = await serversFor(ground, 'carry');
    const carried = await runCarry(servers, { seconds: options.seconds, underWay: 200 });
    for (const line of linesOf(carried)) print(`  ${line}`);
    return carried.wrong === 0;
  },
  /** @param {Run} run */
  steps: async ({ ground, options, print }) => {
    const { runSteps } = /** @type {typeof import('./steps/steps.js')} */ (
      await built('steps/steps.js')
    );
    const servers = await serversFor(ground, 'steps');
    for (const line of await runSteps(servers, { seconds: options.seconds, underWay: 200 }))
      print(`  ${line}`);
    return true;
  },
  /** @param {Run} run */
  accept: async ({ ground, options, print }) => {
    const { runAccept } = /** @type {typeof import('./accept/accept.js')} */ (
      await built('accept/accept.js')
    );
    const { linesOf, meetsGoals } = /** @type {typeof import('./accept/table.js')} */ (
      await built('accept/table.js')
    );
    const servers = await serversFor(ground, 'accept');
    const accepted = await runAccept(servers, { rounds: 5, seconds: options.seconds / 10 });
    for (const line of linesOf(accepted)) print(`  ${line}`);
    return meetsGoals(accepted);
  },
  /** @param {Run} run */
  soak: async ({ ground, options, print }) => {
    const { runSoak } = /** @type {typeof import('./soak/soak.js')} */ (
      await built('soak/soak.js')
    );
    const { minutes, rate: perSecond } = options;
    return (await runSoak(ground, { minutes, perSecond }, print)).steady;
  },
  peers,
};

/** @param {{ seconds?: string, rate?: string, minutes?: string, messages?: string }} values */
const optionsIn = ({ seconds = '60', rate = '17', minutes = '30', messages = '20000' }) => ({
  seconds: Number(seconds),
  rate: Number(rate),
  minutes: Number(minutes),
  messages: Number(messages),
});

/** @param {readonly string[]} args */
const choiceIn = (args) => {
  const option = /** @type {const} */ ({ type: 'string' });
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { seconds: option, rate: option, minutes: option, messages: option },
    allowPositionals: true,
  });
  const [name = ''] = positionals;
  if (!Object.hasOwn(benches, name))
    throw new SetupProblem(
      `There is no bench "${name}".`,
      `one of: ${Object.keys(benches).join(', ')}`,
    );
  const options = optionsIn(values);
  if (!(options.seconds >= 5 && options.rate >= 1 && options.minutes >= 1))
    throw new SetupProblem(
      '--seconds, --rate or --minutes does not do.',
      'give at least 5 seconds, 1 per second and 1 minute',
    );
  return { nodes: 1, bench: benches[/** @type {keyof typeof benches} */ (name)], options };
};

/**
 * `npm run bench -- <name> [--seconds N] [--rate messages per second] [--minutes N, of the soak]`
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 1 where the bar was not met
 */
export const benchCommand = (args) =>
  runOnGround(
    () => choiceIn(args),
    async ({ openGround, print }, { bench, options }) => {
      const met = await bench({
        ground: await openGround(),
        options,
        print,
        keep: () => undefined,
      });
      print(met ? '\nThe bar is met.' : '\nThe bar is not met.');
      return met;
    },
  );
