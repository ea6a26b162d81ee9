import { remember, root } from './checkout.mjs';
import { lastOf, runCommand } from './command.mjs';
import { demoTenants } from './demo-tenants.mjs';
import { ensureKeys } from './keys.mjs';
import { ensureOperator } from './operator.mjs';
import { SetupProblem } from './problem.mjs';
import { failWhenEnded, keepRunning, startRole } from './processes.mjs';
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
 * The broker, which takes longest to come up: `address` is known before it answers.
 * @param {Start} start
 */
const beginBroker = ({ state, steps, signal }) => {
  /** @typedef {import('./servers.mjs').ProvidedBroker} Broker */
  /** @type {(broker: Broker) => void} */
  let announce = () => undefined;
  /** @type {Promise<Broker>} */
  const started = new Promise((resolve) => {
    announce = resolve;
  });
  const ready = steps.run('RabbitMQ', (note) =>
    provideRabbitmq({ state, note, signal, onStarted: announce }),
  );
  const address = Promise.race([started, ready]);
  for (const promise of [ready, address]) promise.catch(() => undefined); // both are awaited later
  return { address, ready };
};

/**
 * Starts one of our processes; answers what keeps it running.
 * @param {Start} start
 * @param {import('./roles.mjs').Deployment} deployment
 */
const starterOf =
  ({ state, steps, ports, signal }, deployment) =>
  async (/** @type {Role} */ role) => {
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

/**
 * Brings up database, broker and all our processes, with the demo tenants in it; what needs not wait for another goes
 * side by side.
 * @param {Start} start
 * @returns {Promise<{ deployment: import('./roles.mjs').Deployment, watched: Promise<void>[] }>} each of `watched`
 *   rejects when its process cannot be kept running
 */
export const startStack = async (start) => {
  const { state, steps, ports, signal } = start;
  const shared = {
    ...ensureKeys(state.keys),
    ...ensureOperator(state.keys),
    stateFolder: state.folder,
    publicUrl: `http://127.0.0.1:${ports.gateway}`,
    monitoringUrl: `http://127.0.0.1:${ports.monitoring}`,
    proeftuinUrl: `http://127.0.0.1:${ports.proeftuin}`,
  };
  const broker = beginBroker(start);
  const database = await steps.run('PostgreSQL', (note) => providePostgres(state, note));
  const early = { ...shared, databaseUrl: database.url, amqpUrl: '', managementUrl: undefined };
  const lbBus = runnerOf(commandEnvironment(early), signal);
  await steps.run('migrations', async (note) => note(await lbBus(['migrate'])));
  // Writes the identity provider that the gateway trusts, and what the proeftuin reads.
  const declared = await demoTenants(early);
  const { url, managementUrl } = await broker.address;
  const deployment = { ...shared, databaseUrl: database.url, amqpUrl: url, managementUrl };
  const run = starterOf(start, deployment);
  const [proeftuin, { child }] = await Promise.all([
    run('proeftuin'),
    broker.ready,
    steps.run('demo tenants', async (note) => note(await lbBus(declared))),
  ]);
  remember(state, { environment: commandEnvironment(deployment) });
  const others = await Promise.all([run('gateway'), run('delivery'), run('monitoring')]);
  const servers = [database.child, child].filter((server) => server !== undefined);
  return {
    deployment,
    watched: [
      ...[proeftuin, ...others].map((watch) => watch()),
      ...servers.map((server) => failWhenEnded(server, signal)),
    ],
  };
};
