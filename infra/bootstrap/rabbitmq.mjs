import { setTimeout as pause } from 'node:timers/promises';
import { rmSync } from 'node:fs';
import { lastLines } from './log.mjs';
import { SetupProblem } from './problem.mjs';
import { findEngine, removeContainerVolume, startContainer } from './rabbitmq-container.mjs';
import { hasApt, installPart, parts, rootPrefix } from './packages.mjs';
import { findRabbitmq, startNode } from './rabbitmq-node.mjs';

const readyMs = 60_000;

/**
 * What `npm start` and `npm test` know of the broker they provide.
 * @typedef {object} Broker
 * @property {import('./child.mjs').Child} child
 * @property {Record<string, number>} ports
 * @property {string} url
 * @property {string} managementUrl
 */

/**
 * Asks the HTTP API, which comes up last. Answers the version.
 * @param {string} managementUrl
 * @param {import('./child.mjs').Child} child
 */
const untilReady = async (managementUrl, child) => {
  const { origin, username, password } = new URL(managementUrl);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const deadline = performance.now() + readyMs;
  for (;;) {
    const answer = await fetch(`${origin}/api/overview`, { headers: { authorization } }).catch(
      () => undefined,
    );
    if (answer?.ok) {
      const overview = /** @type {{ rabbitmq_version: string }} */ (await answer.json());
      return overview.rabbitmq_version;
    }
    if (child.hasEnded() || performance.now() > deadline)
      throw new SetupProblem(
        child.hasEnded()
          ? `RabbitMQ ended ${await child.ended}.`
          : 'RabbitMQ did not come up within 60 s.',
        [
          `read its log, above and in ${child.logFile}`,
          'begin anew: npm start -- --fresh',
          'use a broker of your own: AMQP_URL=amqp://user:password@host npm start',
        ],
        { detail: lastLines(child.logFile) },
      );
    await pause(100);
  }
};

/**
 * The ways to a broker, in order: installed, container engine, apt-get. Throws naming all where none is open.
 * @param {{ state: import('./checkout.mjs').State, remembered: Record<string, number>,
 *   note: (text: string) => void, signal?: AbortSignal }} wish
 */
const provide = async ({ state, remembered, note, signal }) => {
  const installed = findRabbitmq();
  if (installed) {
    note('starting a node of our own');
    return {
      ...(await startNode({ server: installed, state, remembered })),
      how: 'node of our own',
    };
  }
  note('looking for a container engine');
  const engine = await findEngine();
  if (engine)
    return { ...(await startContainer({ engine, state, remembered, note })), how: 'container' };
  const prefix = hasApt() ? await rootPrefix() : undefined;
  if (prefix) {
    await installPart(parts.rabbitmq, { prefix, note, ...(signal && { signal }) });
    const server = findRabbitmq();
    if (server) {
      note('starting a node of our own');
      return {
        ...(await startNode({ server, state, remembered })),
        how: 'installed now, node of our own',
      };
    }
  }
  throw new SetupProblem('There is no RabbitMQ, and no way found to get one.', [
    'point AMQP_URL at a broker (3.10 or later): AMQP_URL=amqp://user:password@host npm start',
    'install RabbitMQ (Debian: sudo apt-get install rabbitmq-server); its system service need not run',
    'start a container engine that this user may use (docker or podman)',
    'run the command as root, or allow sudo without a password: it then installs RabbitMQ with apt-get',
  ]);
};

/**
 * Starts a RabbitMQ of our own on loopback and waits until it answers; `onStarted` hears earlier where it will answer.
 * @param {{ state: import('./checkout.mjs').State, remembered: Record<string, number>,
 *   note: (text: string) => void, signal?: AbortSignal, onStarted?: (broker: Broker) => void }} wish
 * @returns {Promise<Broker>}
 */
export const startRabbitmq = async (wish) => {
  const { child, ports, login, how } = await provide(wish);
  const credentials = `${login.user}:${login.password}`;
  const managementUrl = `http://${credentials}@127.0.0.1:${ports.management}`;
  const url = `amqp://${credentials}@127.0.0.1:${ports.amqp}`;
  const broker = { child, ports, url, managementUrl };
  wish.onStarted?.(broker);
  const version = await untilReady(managementUrl, child);
  wish.note(`${version}, ${how}, port ${ports.amqp}`);
  return broker;
};

/**
 * Removes the broker's data of a state folder.
 * @param {import('./checkout.mjs').State} state
 */
export const removeRabbitmq = async (state) => {
  rmSync(state.rabbitmq, { recursive: true, force: true });
  if (findRabbitmq() === undefined) await removeContainerVolume(state);
};
