import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { ownState, readJson, root, stateAt } from './checkout.mjs';
import { runChecks } from './checks.mjs';
import { provideChromium } from './chromium.mjs';
import { runCommand } from './command.mjs';
import { installDependencies } from './dependencies.mjs';
import { lockHolder, takeLock } from './lock.mjs';
import { installMissing, parts } from './packages.mjs';
import { removePostgres, startPostgres } from './postgres.mjs';
import { requireRoom } from './preflight.mjs';
import { explain, SetupProblem } from './problem.mjs';
import { startRabbitmq } from './rabbitmq.mjs';
import { stopRecorded } from './running.mjs';
import { openSession } from './session.mjs';
import { createSteps } from './steps.mjs';
import { findTests, parseArguments, projects } from './test-files.mjs';

/** @typedef {{ passed: number, failed: number, failures: readonly string[] }} Counts what failed is named once more at the end */

/** @type {(what: string) => Counts} */
const failed = (what) => ({ passed: 0, failed: 1, failures: [what] });

const prefix = 'test-';
const workers = { unit: 2, real: 3, process: 2 };

/** What a test run that was killed left behind: its guard stopped the processes, its folder stays. */
const removeLeftovers = async () => {
  for (const name of readdirSync(ownState.folder).filter((entry) => entry.startsWith(prefix))) {
    const state = stateAt(join(ownState.folder, name));
    if (lockHolder(state.lock)) continue;
    await stopRecorded(state.run);
    removePostgres(state);
    rmSync(state.folder, { recursive: true, force: true });
  }
};

/**
 * Servers of our own for the tests that need them.
 * @param {Record<import('./test-files.mjs').Project, string[]>} tests
 * @param {{ state: import('./checkout.mjs').State, steps: import('./steps.mjs').Steps, signal: AbortSignal }} run
 * @returns {Promise<Record<string, string>>} what tests read from the environment
 */
const provideServices = async (tests, { state, steps, signal }) => {
  if (tests.real.length + tests.process.length === 0) return {};
  const browsed = [...tests.real, ...tests.process].some((file) => /monitoring.console/.test(file));
  const [postgres, rabbitmq, chromium] = await Promise.all([
    steps.run('PostgreSQL', (note) =>
      startPostgres({ state, port: undefined, durable: false, note }),
    ),
    steps.run('RabbitMQ', (note) => startRabbitmq({ state, remembered: {}, note, signal })),
    browsed ? steps.run('Chromium', (note) => provideChromium(note, signal)) : undefined,
  ]);
  return {
    LBBUS_TEST_DATABASE_URL: postgres.url,
    LBBUS_TEST_AMQP_URL: rabbitmq.url,
    LBBUS_TEST_AMQP_MANAGEMENT_URL: rabbitmq.managementUrl,
    ...(chromium !== undefined && { LBBUS_CHROMIUM: chromium }),
  };
};

/**
 * Whoever tests everything needs all that the tests ask of Debian.
 * @param {boolean} everything
 * @param {import('./steps.mjs').Steps} steps
 * @param {AbortSignal} signal
 */
const providePrograms = async (everything, steps, signal) => {
  const wanted = everything ? [parts.prometheus, parts.xml, parts.chromium] : [];
  await steps.run('programs', (note) => installMissing(wanted, { note, signal }));
};

/** Where tests lay down what nobody needs after them: a login without rights must reach it, by a path that is short enough for sockets. */
const openScratch = () => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-test-'));
  chmodSync(folder, 0o711);
  return folder;
};

/**
 * @param {import('./steps.mjs').Steps} steps
 * @param {AbortSignal} signal
 */
const build = (steps, signal) =>
  steps
    .run('build', (note) => buildIfStale(note, signal))
    .then(
      () => true,
      (/** @type {unknown} */ error) => {
        steps.print(explain(error));
        return false;
      },
    );

/**
 * @param {{ project: import('./test-files.mjs').Project, files: readonly string[], options: readonly string[],
 *   environment: Record<string, string>, state: import('./checkout.mjs').State,
 *   steps: import('./steps.mjs').Steps, signal: AbortSignal }} run
 * @returns {Promise<Counts>}
 */
const runJest = async ({ project, files, options, environment, state, steps, signal }) => {
  const countsFile = join(state.folder, `${project}.json`);
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--config',
    'infra/tooling/jest.config.mjs',
    '--selectProjects',
    project,
    '--maxWorkers',
    String(workers[project]),
    '--reporters',
    join(root, 'infra/tooling/jest-reporter.mjs'),
    ...options,
    '--runTestsByPath',
    ...files,
  ];
  let done = 0;
  await steps
    .run(`${project} tests`, async (note) => {
      note(`${files.length} files`);
      const { code } = await runCommand(process.execPath, jest, {
        cwd: root,
        env: {
          ...process.env,
          ...environment,
          LBBUS_TEST_COUNTS: countsFile,
          NODE_ENV: 'test',
          ...(steps.coloured && { FORCE_COLOR: '1' }),
        },
        signal,
        onLine: (line) => {
          if (/^ {4}[✓✗] /.test(line)) note(`${(done += 1)} of ${files.length} files`);
          if (!line.startsWith('Running one project')) steps.print(line);
        },
      });
      if (code !== 0) throw new Error('failed');
    })
    .catch(() => undefined);
  return (
    /** @type {Counts | undefined} */ (readJson(countsFile)) ??
    failed(`the ${project} tests did not end`)
  );
};

/**
 * Set-up, static checks, tests. Patterns on the path select test files and leave the static checks out.
 * @param {{ args: readonly string[], state: import('./checkout.mjs').State, steps: import('./steps.mjs').Steps,
 *   scratch: string, add: (counts: Counts) => void, signal: AbortSignal }} run
 */
const runAll = async ({ args, state, steps, scratch, add, signal }) => {
  const { patterns, options } = parseArguments(args);
  await steps.run('dependencies', (note) => installDependencies(note, signal));
  const tests = findTests(root, patterns);
  const everything = patterns.length === 0;
  // Only what runs from dist needs a build: the generators among the checks, and our own processes.
  if ((everything || tests.process.length > 0) && !(await build(steps, signal))) {
    add(failed('build'));
    tests.process = [];
  }
  // Before the servers: two that install at once would be in each other's way.
  await providePrograms(everything, steps, signal);
  const services = provideServices(tests, { state, steps, signal });
  services.catch(() => undefined); // awaited below, after the checks
  if (everything) add(await runChecks(steps, signal));
  const environment = { ...(await services), TMPDIR: scratch };
  for (const project of projects) {
    const files = tests[project];
    if (files.length > 0 && !signal.aborted)
      add(await runJest({ project, files, options, environment, state, steps, signal }));
  }
};

/**
 * `npm test`: everything that must pass, cheapest first.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export const testCommand = async (args) => {
  const steps = createSteps(process.stdout);
  const state = stateAt(join(ownState.folder, `${prefix}${process.pid}`));
  const scratch = openScratch();
  /** @type {{ passed: number, failed: number, failures: string[] }} */
  const total = { passed: 0, failed: 0, failures: [] };
  /** @param {Counts} counts */
  const add = (counts) => {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.failures.push(...counts.failures);
  };
  try {
    requireRoom(ownState.folder);
    await removeLeftovers();
    takeLock(state.lock);
    await runSession(state, steps, (signal) =>
      runAll({ args, state, steps, scratch, add, signal }),
    );
  } catch (error) {
    add(failed(explain(error)));
    steps.end();
  }
  removePostgres(state);
  for (const folder of [state.folder, scratch])
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (total.failures.length > 0) steps.print('\n  What failed:');
  for (const failure of total.failures) steps.print(`    ✗ ${failure}`);
  steps.print(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
};

/**
 * @param {import('./checkout.mjs').State} state
 * @param {import('./steps.mjs').Steps} steps
 * @param {(signal: AbortSignal) => Promise<void>} work
 */
const runSession = async (state, steps, work) => {
  const session = openSession(state.run, () => {
    steps.end();
    steps.print('\n  Stopping.');
  });
  try {
    await session.run(work);
  } catch (error) {
    if (!session.interrupted()) throw error;
  } finally {
    await session.close();
  }
  if (session.interrupted()) throw new SetupProblem('Interrupted.', 'run it again');
};
