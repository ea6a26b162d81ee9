import { totalmem } from 'node:os';
import { SetupProblem } from '../bootstrap/problem.mjs';
import { runOnGround } from '../chaos/ground/run.mjs';
import { built, serversFor } from './built.mjs';
import { consoleBench } from './console/bench.mjs';
import { growth } from './growth/bench.mjs';
import { optionsIn, readOptions } from './options.mjs';
import { peers } from './peers/bench.mjs';
import { doAndKeep, report, showBy } from './report/bench.mjs';
import { quick } from './report/quick.mjs';
import { tenants } from './tenants/bench.mjs';

/** @typedef {import('./built.mjs').Run} Run */

/** What can be measured; each is given servers of its own and answers whether its bar was met. */
const benches = {
  /** @param {Run} run */
  neighbours: async ({ ground, options, print, show }) => {
    const { runNeighbours } = /** @type {typeof import('./neighbours/neighbours.js')} */ (
      await built('neighbours/neighbours.js')
    );
    const { meetsBar, tableOf } = /** @type {typeof import('./neighbours/table.js')} */ (
      await built('neighbours/table.js')
    );
    const { seconds, rate } = options;
    const rates = [Math.max(1, Math.floor(rate / 2)), rate];
    const pairs = await runNeighbours(ground, { seconds, rates }, print);
    show(tableOf(pairs));
    return meetsBar(pairs);
  },
  /** @param {Run} run */
  questions: async ({ ground, options, show }) => {
    const { linesOf, p95BarMs, runQuestions } =
      /** @type {typeof import('./questions/questions.js')} */ (
        await built('questions/questions.js')
      );
    const own = await serversFor(ground, 'questions');
    const asking = { seconds: options.seconds, callers: 50 };
    const waited = await runQuestions(own, asking);
    show(linesOf(asking, waited));
    return waited.failed === 0 && waited.p95 < p95BarMs;
  },
  /** @param {Run} run */
  carry: async ({ ground, options, show }) => {
    const { runCarry } = /** @type {typeof import('./carry/carry.js')} */ (
      await built('carry/carry.js')
    );
    const { linesOf } = /** @type {typeof import('./carry/table.js')} */ (
      await built('carry/table.js')
    );
    const servers = await serversFor(ground, 'carry');
    const carried = await runCarry(servers, { seconds: options.seconds, underWay: 200 });
    show(linesOf(carried));
    return carried.wrong === 0;
  },
  /** @param {Run} run */
  steps: async ({ ground, options, show }) => {
    const { runSteps } = /** @type {typeof import('./steps/steps.js')} */ (
      await built('steps/steps.js')
    );
    const servers = await serversFor(ground, 'steps');
    show(await runSteps(servers, { seconds: options.seconds, underWay: 200 }));
    return true;
  },
  /** @param {Run} run */
  accept: async ({ ground, options, show }) => {
    const { runAccept } = /** @type {typeof import('./accept/accept.js')} */ (
      await built('accept/accept.js')
    );
    const { linesOf, meetsGoals } = /** @type {typeof import('./accept/table.js')} */ (
      await built('accept/table.js')
    );
    const servers = await serversFor(ground, 'accept');
    const accepted = await runAccept(servers, { rounds: 5, seconds: options.seconds / 10 });
    show(linesOf(accepted));
    return meetsGoals(accepted);
  },
  /** @param {Run} run */
  soak: async ({ ground, options, print, show }) => {
    const { runSoak } = /** @type {typeof import('./soak/soak.js')} */ (
      await built('soak/soak.js')
    );
    const { minutes, rate: perSecond } = options;
    return (await runSoak(ground, { minutes, perSecond }, { print, show })).steady;
  },
  peers,
  tenants,
  growth,
  console: consoleBench,
};

/** What a bench writes fits: PostgreSQL alone keeps a gigabyte of what it wrote last. */
const ground = { nodes: 1, diskMb: Math.max(2_000, Math.round(totalmem() / 8 / 1024 / 1024)) };

/** @param {readonly string[]} args */
const choiceIn = (args) => {
  const { name, values } = readOptions(args);
  if (!Object.hasOwn(benches, name))
    throw new SetupProblem(
      `There is no bench "${name}".`,
      `one of: ${[...Object.keys(benches), 'all', 'page'].join(', ')}, or --quick`,
    );
  const bench = benches[/** @type {keyof typeof benches} */ (name)];
  return { ...ground, name, bench, options: optionsIn(values) };
};

/** What `all` runs: not what takes half an hour, or a database that was filled before. */
const measuring = Object.keys(benches).filter((name) => !['soak', 'console'].includes(name));

/** @param {readonly string[]} args */
const runQuick = (args) =>
  runOnGround(
    () => ({ ...ground, options: optionsIn(readOptions(args).values) }),
    async ({ openGround, print }, { options }) =>
      quick({
        ground: await openGround(),
        options,
        print,
        show: showBy(print),
        keep: () => undefined,
      }),
  );

/** @param {readonly string[]} args */
const runOne = (args) =>
  runOnGround(
    () => choiceIn(args),
    async ({ openGround, print }, { name, bench, options }) => {
      const met = await doAndKeep(name, bench, { ground: await openGround(), options, print });
      print(met ? '\nThe bar is met.' : '\nThe bar is not met.');
      return met;
    },
  );

/**
 * `npm run bench -- <name> [--seconds N] [--rate messages per second] [--minutes N, of the soak]
 *   [--messages N, of the backlog of growth] [--tenants 1,35,100,300]`; `all` runs every one but the soak, or those
 * named after it, and writes the page,
 * `page` writes it of what was measured before, `--quick` prints the ratios that matter in a minute.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 1 where the bar was not met
 */
export const benchCommand = (args) => {
  if (args.includes('--quick')) return runQuick(args);
  const [name, ...rest] = args;
  if (name === 'all') {
    const chosen = rest.filter((one) => Object.hasOwn(benches, one));
    const options = rest.filter((one) => !chosen.includes(one));
    return report(chosen.length > 0 ? chosen : measuring, options);
  }
  if (name === 'page') return report([], []);
  return runOne(args);
};
