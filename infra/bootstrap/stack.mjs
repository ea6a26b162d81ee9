import { remember, root } from './checkout.mjs';
import { lastOf, runCommand } from './command.mjs';
import { demoTenants } from './demo-tenants.mjs';
import { ensureKeys } from './keys.mjs';
import { SetupProblem } from './problem.mjs';
import { keepRunning, startRole } from './processes.mjs';
import { commandEnvironment, commandLine, withForeign } from './roles.mjs';
import { providePostgres, provideRabbitmq } from './servers.mjs';

/** @typedef {import('./roles.mjs').Role} Role */

/**
 * What every part of a start needs.
 * @typedef {object} Start
 * @property {import('./checkout.mjs').State} state
 * @property {import('./steps.mjs').Steps} steps
 * @property {Record<Role, number>} ports public ports; 0 for delivery, which has none
 * @property {AbortSignal} signal tells that everything is to end
 */

/**
 * Runs the command line of the bus; answers in a line what it did.
 * @param {Record<string, string>} environment
 * @param {AbortSignal} signal
 */
const runnerOf = (environment, signal) => async (/** @type {readonly string[]} */ args) => {
  const { code, output } = await runCommand(process.execPath, [commandLine, ...args], {
    cwd: root,
    env: withForeign(environment),
    signal,
  });
  if (code !== 0)
    throw new SetupProblem(
      `lb-bus ${args[0]} failed.`,
      ['put right what it says above', 'begin anew: npm start -- --fresh'],
      { detail: lastOf(output) },
    );
  // A command may also print keys that are shown once: only the line that sums up is for everybody.
  return output.split('\n').find((line) => /^(Applied|Nothing|Ran|The database)/.test(line)) ?? '';
};

/**
 * Database and broker, migrated and with the demo tenants in it. `servers` are those of our own.
 * @param {Start} start
 */
export const startServers = async ({ state, steps, ports, signal }) => {
  const shared = {
    ...ensureKeys(state.keys),
    stateFolder: state.folder,
    publicUrl: `http://127.0.0.1:${ports.gateway}`,
    proeftuinUrl: `http://127.0.0.1:${ports.proeftuin}`,
  };
  const broker = steps.run('RabbitMQ', (note) => provideRabbitmq(state, note, signal));
  broker.catch(() => undefined); // awaited below
  const database = await steps.run('PostgreSQL', (note) => providePostgres(state, note));
  // What only needs the database goes on while the broker, which takes longer, comes up.
  const early = { ...shared, databaseUrl: database.url, amqpUrl: '', managementUrl: undefined };
  const lbBus = runnerOf(commandEnvironment(early), signal);
  await steps.run('migrations', async (note) => note(await lbBus(['migrate'])));
  await steps.run('demo tenants', async (note) => note(await lbBus(await demoTenants(early))));
  const { url, managementUrl, child } = await broker;
  const deployment = { ...shared, databaseUrl: database.url, amqpUrl: url, managementUrl };
  remember(state, { environment: commandEnvironment(deployment) });
  return { deployment, servers: [database.child, child].filter((server) => server !== undefined) };
};

/**
 * Starts all our processes and keeps them running.
 * @param {Start} start
 * @param {import('./roles.mjs').Deployment} deployment
 * @returns {Promise<Promise<void>[]>} each rejects when its process cannot be kept running
 */
export const startRoles = async ({ state, steps, ports, signal }, deployment) => {
  /** @param {Role} role */
  const start = async (role) => {
    const begin = () => startRole({ role, port: ports[role], deployment, state });
    const running = await steps.run(role, async (note) => {
      const started = await begin();
      note(
        ports[role] ? `http://127.0.0.1:${ports[role]}` : `health on port ${started.internalPort}`,
      );
      return started;
    });
    return () => keepRunning({ running, again: begin, report: steps.print, signal });
  };
  // The proeftuin writes the identity provider that the gateway trusts.
  const first = await start('proeftuin');
  const others = await Promise.all([start('gateway'), start('delivery'), start('monitoring')]);
  return [first, ...others].map((watch) => watch());
};
