import { connect } from 'node:net';
import { recall, remember } from './checkout.mjs';
import { startPostgres } from './postgres.mjs';
import { SetupProblem } from './problem.mjs';
import { startRabbitmq } from './rabbitmq.mjs';

const connectMs = 5_000;

/**
 * Throws where nothing listens at the address that a variable names.
 * @param {{ variable: string, address: string, port: number }} server
 */
const requireServer = async ({ variable, address, port: usual }) => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url?.hostname)
    throw new SetupProblem(
      `${variable} is not an address.`,
      `write it as in ${usual === 5432 ? 'postgres' : 'amqp'}://user:password@host`,
    );
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || usual;
  /** @type {string | undefined} */
  const problem = await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectMs });
    socket.once('connect', () => resolve(undefined));
    socket.once('error', (error) => resolve(error.message));
    socket.once('timeout', () => resolve(`no answer within ${connectMs / 1000} s`));
    socket.once('connect', () => socket.destroy()).once('timeout', () => socket.destroy());
  });
  if (problem === undefined) return `${host}:${port}, from ${variable}`;
  throw new SetupProblem(
    `Nothing answers at ${host}:${port}, which ${variable} names: ${problem}.`,
    [
      'start that server, or correct the address',
      `leave ${variable} out: a server of our own is then used`,
    ],
  );
};

/**
 * The addresses of a cluster, one by one; `services/bus/addresses.ts` reads them for good.
 * @param {string} address
 */
const nodesOf = (address) =>
  address.split(/,(?=\s*amqps?:\/\/)/).flatMap((url) => {
    const [, start = '', hosts = url, end = ''] =
      /^(\s*amqps?:\/\/(?:[^/?#]*@)?)([^/?#@]+)(.*)$/s.exec(url) ?? [];
    return hosts.split(',').map((host) => `${start}${host.trim()}${end}`);
  });

/**
 * Throws where nothing listens at any of the addresses: of a cluster a node may be away.
 * @param {readonly string[]} addresses
 * @param {{ variable: string, port: number }} server
 */
const requireOneOf = async (addresses, server) => {
  const answers = await Promise.allSettled(
    addresses.map((address) => requireServer({ ...server, address })),
  );
  const found = answers.find(({ status }) => status === 'fulfilled') ?? answers[0];
  if (found?.status === 'fulfilled') return found.value;
  throw found?.reason;
};

/**
 * The database: that of `DATABASE_URL`, or one of our own.
 * @param {import('./checkout.mjs').State} state
 * @param {(text: string) => void} note
 * @returns {Promise<{ url: string, child?: import('./child.mjs').Child }>}
 */
export const providePostgres = async (state, note) => {
  const url = process.env['DATABASE_URL'];
  if (url) {
    note(await requireServer({ variable: 'DATABASE_URL', address: url, port: 5432 }));
    return { url };
  }
  const server = await startPostgres({
    state,
    port: recall(state).ports?.['postgres'],
    durable: true,
    note,
  });
  remember(state, { ports: { ...recall(state).ports, postgres: server.port } });
  return { url: server.url, child: server.child };
};

/** @typedef {{ url: string, managementUrl: string | undefined, child?: import('./child.mjs').Child }} ProvidedBroker */

/**
 * The broker: that of `AMQP_URL`, or one of our own. `onStarted` hears of it as soon as its address is known.
 * @param {{ state: import('./checkout.mjs').State, note: (text: string) => void, signal: AbortSignal,
 *   onStarted: (broker: ProvidedBroker) => void }} wish
 * @returns {Promise<ProvidedBroker>}
 */
export const provideRabbitmq = async ({ state, note, signal, onStarted }) => {
  const url = process.env['AMQP_URL'];
  if (url) {
    const usual = url.startsWith('amqps:') ? 5671 : 5672;
    note(await requireOneOf(nodesOf(url), { variable: 'AMQP_URL', port: usual }));
    return { url, managementUrl: process.env['LBBUS_AMQP_MANAGEMENT_URL'] };
  }
  const { ports, ...broker } = await startRabbitmq({
    state,
    remembered: recall(state).ports ?? {},
    note,
    signal,
    onStarted,
  });
  remember(state, { ports: { ...recall(state).ports, ...ports } });
  return broker;
};
