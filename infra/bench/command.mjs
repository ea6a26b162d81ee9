import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../bootstrap/build.mjs';
import { root } from '../bootstrap/checkout.mjs';
import { installDependencies } from '../bootstrap/dependencies.mjs';
import { takeLock } from '../bootstrap/lock.mjs';
import { explain, SetupProblem } from '../bootstrap/problem.mjs';
import { openSession } from '../bootstrap/session.mjs';
import { createSteps } from '../bootstrap/steps.mjs';
import { openGround } from '../chaos/ground/ground.mjs';
import { removeGround, removeLeftovers, runState } from '../chaos/ground/place.mjs';

/** @typedef {{ seconds: number, rate: number }} Options */
/** @typedef {{ ground: import('../chaos/ground.js').Ground, options: Options, print: (line: string) => void }} Run */

/**
 * @param {string} name
 * @returns {Promise<unknown>}
 */
const built = (name) => import(join(root, 'dist', 'infra', 'bench', name));

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
    await ground.lbBus('migrate');
    const { user, password } = ground.broker.login;
    const port = ground.broker.ports[0]?.amqp ?? 0;
    const own = {
      databaseUrl: ground.database.url,
      amqpUrl: `amqp://${user}:${password}@127.0.0.1:${port}`,
      folder: join(ground.folder, 'questions'),
    };
    const { seconds } = options;
    const { failed, p95 } = await runQuestions(own, { seconds, callers: 50 }, print);
    return failed === 0 && p95 < p95BarMs;
  },
};

/** @param {readonly string[]} args */
const choiceIn = (args) => {
  const option = /** @type {const} */ ({ type: 'string' });
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { seconds: option, rate: option },
    allowPositionals: true,
  });
  const [name = ''] = positionals;
  if (!Object.hasOwn(benches, name))
    throw new SetupProblem(
      `There is no bench "${name}".`,
      `one of: ${Object.keys(benches).join(', ')}`,
    );
  const options = { seconds: Number(values.seconds ?? 60), rate: Number(values.rate ?? 17) };
  if (!(options.seconds >= 5 && options.rate >= 1))
    throw new SetupProblem(
      '--seconds or --rate does not do.',
      'give at least 5 seconds and 1 per second',
    );
  return { bench: benches[/** @type {keyof typeof benches} */ (name)], options };
};

/**
 * `npm run bench -- <name> [--seconds N] [--rate messages per second]`
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 1 where the bar was not met
 */
export const benchCommand = async (args) => {
  const steps = createSteps(process.stdout);
  try {
    const { bench, options } = choiceIn(args);
    await removeLeftovers();
    const state = runState();
    takeLock(state.lock);
    const session = openSession(state.run, () => {
      steps.end();
      steps.print('\n  Stopping.');
    });
    try {
      const met = await session.run(async (signal) => {
        await steps.run('dependencies', (note) => installDependencies(note, signal));
        await steps.run('build', (note) => buildIfStale(note, signal));
        const ground = await openGround({ state, nodes: 1, steps });
        return bench({ ground, options, print: (line) => steps.print(line) });
      });
      steps.print(met ? '\nThe bar is met.' : '\nThe bar is not met.');
      return met ? 0 : 1;
    } finally {
      await session.close();
      removeGround(state);
    }
  } catch (error) {
    steps.end();
    steps.print(`\n${explain(error)}`);
    return 1;
  }
};
