import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { ownState, readJson, root } from './checkout.mjs';
import { printAddresses, runDemo } from './demo.mjs';
import { installDependencies } from './dependencies.mjs';
import { releaseLock, takeLock } from './lock.mjs';
import { chosenPort, requirePort } from './ports.mjs';
import { removePostgres } from './postgres.mjs';
import { requireRoom } from './preflight.mjs';
import { explain, SetupProblem } from './problem.mjs';
import { removeRabbitmq } from './rabbitmq.mjs';
import { roles } from './roles.mjs';
import { stopRecorded } from './running.mjs';
import { openSession } from './session.mjs';
import { startOptions, usage } from './start-arguments.mjs';
import { startStack } from './stack.mjs';
import { createSteps, seconds } from './steps.mjs';

const state = ownState;

/** @type {Record<'gateway' | 'monitoring' | 'proeftuin', string>} */
const purposes = { gateway: 'the gateway', monitoring: 'monitoring', proeftuin: 'the proeftuin' };

const version = () =>
  /** @type {{ version: string }} */ (readJson(join(root, 'package.json'))).version;

const choosePorts = async () => {
  const ports = { gateway: 0, monitoring: 0, proeftuin: 0, delivery: 0 };
  for (const role of /** @type {const} */ (['gateway', 'monitoring', 'proeftuin'])) {
    const { variable, otherwise } = roles[role].port;
    ports[role] = chosenPort(variable, otherwise);
    await requirePort({ port: ports[role], variable, what: purposes[role] });
  }
  return ports;
};

const refuseSecondStart = () => {
  const holder = takeLock(state.lock);
  if (!holder) return;
  throw new SetupProblem(
    `LB-bus already runs from this checkout: process ${holder.pid}, since ${holder.since.slice(0, 19).replace('T', ' ')} UTC.`,
    [
      'use that one: its addresses are on its terminal, and npx lb-bus works beside it',
      `stop it: Ctrl-C there, or kill ${holder.pid}`,
    ],
  );
};

const requireOwnServers = () => {
  const given = ['DATABASE_URL', 'AMQP_URL'].filter((name) => process.env[name]);
  if (given.length > 0)
    throw new SetupProblem(
      `--fresh does not empty the servers that ${given.join(' and ')} name${given.length === 1 ? 's' : ''}.`,
      'empty them yourself and start without --fresh, or leave the variables out',
    );
};

/** What earlier starts kept, by name: the folder may be one of the user's own, with other things in it. */
const beginAnew = async () => {
  removePostgres(state);
  await removeRabbitmq(state);
  const ours =
    /^(keys|attachments|log|proeftuin|issuers\.json|state\.json|[a-z]+[.-]tenants(\.json)?)$/;
  for (const name of readdirSync(state.folder).filter((entry) => ours.test(entry)))
    rmSync(join(state.folder, name), { recursive: true, force: true });
};

/**
 * Brings everything up, runs the demo, and stays until something ends.
 * @param {import('./steps.mjs').Steps} steps
 * @param {import('./start-arguments.mjs').StartOptions} options
 * @param {AbortSignal} signal
 * @returns {Promise<number>} the exit code
 */
const work = async (steps, options, signal) => {
  const startedAt = performance.now();
  const start = { state, steps, signal, ports: await choosePorts() };
  steps.print(`\n  ${steps.paint(1, 'LB-bus')} ${version()}\n`);
  await steps.run('dependencies', (note) => installDependencies(note, signal));
  await steps.run('build', (note) => buildIfStale(note, signal));
  if (options.fresh) await steps.run('begin anew', beginAnew);
  const { deployment, watched } = await startStack(start);
  steps.print(`\n  Ready after ${seconds(performance.now() - startedAt)}.`);
  const ended = Promise.race(watched).then(() => 1);
  ended.catch(() => undefined); // awaited below
  const code = options.demo
    ? await Promise.race([runDemo(start, deployment, !options.once), ended])
    : 0;
  if (options.once || signal.aborted) return code;
  printAddresses(start);
  steps.print('\n  Ctrl-C stops everything; the next start goes on with its data.');
  return ended;
};

/**
 * @param {import('./steps.mjs').Steps} steps
 * @param {import('./start-arguments.mjs').StartOptions} options
 */
const runSession = async (steps, options) => {
  const session = openSession(state.run, () => {
    steps.end();
    steps.print('\n  Stopping; Ctrl-C again stops at once.');
  });
  try {
    const code = await session.run((signal) => work(steps, options, signal));
    if (code === undefined) steps.print('  Everything is stopped.');
    return code ?? 0;
  } catch (error) {
    if (session.interrupted()) return 0;
    throw error;
  } finally {
    await session.close();
  }
};

/**
 * `npm start`.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export const startCommand = async (args) => {
  const steps = createSteps(process.stdout);
  try {
    const options = startOptions(args);
    if (options.help) {
      steps.print(usage);
      return 0;
    }
    if (options.fresh) requireOwnServers();
    requireRoom(state.folder);
    refuseSecondStart();
    const leftovers = await stopRecorded(state.run);
    if (leftovers.length > 0)
      steps.print(`  Stopped what an earlier start left: ${leftovers.join(', ')}.`);
    return await runSession(steps, options);
  } catch (error) {
    steps.end();
    steps.print(`\n${steps.paint(31, '✗')} ${explain(error)}\n`);
    return 1;
  } finally {
    releaseLock(state.lock);
  }
};
