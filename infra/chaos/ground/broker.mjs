import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { writeJson } from '../../bootstrap/checkout.mjs';
import { startChild } from '../../bootstrap/child.mjs';
import { freePort } from '../../bootstrap/ports.mjs';
import { SetupProblem } from '../../bootstrap/problem.mjs';
import { findProgram } from '../../bootstrap/programs.mjs';
import {
  brokerLogin,
  findRabbitmq,
  nodeEnvironment,
  startNames,
  writeConfiguration,
} from '../../bootstrap/rabbitmq-node.mjs';
import { stages } from '../../bootstrap/running.mjs';
import { keepLog } from './database.mjs';

const startMs = 120_000;

/**
 * @typedef {object} Node
 * @property {string} name
 * @property {string} folder
 * @property {{ amqp: number, management: number, distribution: number, names: number }} ports
 * @property {NodeJS.ProcessEnv} env
 * @property {number} life
 * @property {import('../../bootstrap/child.mjs').Child | undefined} child
 */

/** @param {number} index */
const nameOf = (index) => `lb-bus-${index}@localhost`;

/** @param {number} count */
const settingsOf = (count) => [
  // Whoever looks how much is left sees it sooner.
  'collect_statistics_interval = 2000',
  ...(count === 1
    ? []
    : [
        'cluster_partition_handling = pause_minority',
        'cluster_formation.peer_discovery_backend = classic_config',
        ...Array.from(
          { length: count },
          (_, index) => `cluster_formation.classic_config.nodes.${index + 1} = ${nameOf(index)}`,
        ),
      ]),
];

/**
 * @param {import('../../bootstrap/checkout.mjs').State} state
 * @param {string} server
 * @param {number} count
 * @returns {Promise<Node[]>}
 */
const makeNodes = async (state, server, count) => {
  const home = join(state.rabbitmq, 'home');
  mkdirSync(home, { recursive: true });
  const names = await freePort();
  const login = brokerLogin(state.rabbitmq);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const name = nameOf(index);
      const folder = join(state.rabbitmq, `node-${index}`);
      mkdirSync(folder, { recursive: true });
      writeJson(join(folder, 'login.json'), login);
      const ports = {
        amqp: await freePort(),
        management: await freePort(),
        distribution: await freePort(),
        names,
      };
      writeConfiguration(folder, ports, settingsOf(count));
      const env = nodeEnvironment({ server, folder, home, name, ports });
      return { name, folder, ports, env, life: 0, child: undefined };
    }),
  );
};

/**
 * @param {Node} node
 * @param {{ user: string, password: string }} login
 */
const untilReady = async ({ name, ports, child }, { user, password }) => {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const deadline = performance.now() + startMs;
  const ask = () =>
    fetch(`http://127.0.0.1:${ports.management}/api/overview`, {
      headers: { authorization },
      signal: AbortSignal.timeout(5_000),
    });
  while (!(await ask().catch(() => undefined))?.ok) {
    if (child?.hasEnded() || performance.now() > deadline)
      throw new Error(`${name} did not come up`);
    await pause(200);
  }
};

/**
 * Runs a command of the broker's own tool at a node.
 * @param {Node} node
 * @param {...string} args
 */
const control = async ({ env }, ...args) => {
  const program = findProgram('rabbitmqctl', ['/usr/lib/rabbitmq/bin']);
  if (program === undefined) throw new Error('RabbitMQ is installed without rabbitmqctl');
  await promisify(execFile)(program, args, { env });
};

/**
 * What a node does to be a stranger to the others (another cookie for each), or a friend again.
 * @param {readonly Node[]} others
 * @param {string} cookie
 */
const cookies = (others, cookie) =>
  others.map(({ name }) => `erlang:set_cookie('${name}', ${cookie})`).join(', ');

const hangUp = '[erlang:disconnect_node(N) || N <- nodes()]';

/**
 * @param {Node} node
 * @param {{ server: string, state: import('../../bootstrap/checkout.mjs').State }} place
 */
const launch = async (node, { server, state }) => {
  const name = `rabbitmq-${node.name.replace(/\D/g, '')}`;
  const logFile = join(state.log, `${name}.log`);
  keepLog(logFile, (node.life += 1));
  node.child = await startChild({
    name,
    runFolder: state.run,
    logFile,
    command: server,
    args: [],
    env: node.env,
    cwd: node.folder,
    stage: stages.servers,
    signal: 'SIGTERM',
    patienceMs: 5_000,
  });
};

/**
 * RabbitMQ nodes of the run's own, which answer when this resolves: one, or a cluster.
 * @param {import('../../bootstrap/checkout.mjs').State} state
 * @param {number} count
 * @returns {Promise<import('../ground.js').BreakableBroker>}
 */
export const openBroker = async (state, count) => {
  const server = findRabbitmq();
  if (server === undefined)
    throw new SetupProblem(
      'The run breaks nodes of RabbitMQ, which is not installed.',
      'install RabbitMQ (Debian: sudo apt-get install rabbitmq-server); its system service need not run',
    );
  const login = brokerLogin(state.rabbitmq);
  const nodes = await makeNodes(state, server, count);
  /** @param {number} index */
  const nodeAt = (index) => {
    const node = nodes[index];
    if (!node) throw new Error(`there is no node ${index}`);
    return node;
  };
  /** @param {number} index */
  const others = (index) => nodes.filter((node) => node !== nodes[index]);
  const first = nodeAt(0);
  await startNames({ state, port: first.ports.names, env: first.env });

  /** @param {number} index */
  const start = async (index) => {
    const node = nodeAt(index);
    if (!node.child || node.child.hasEnded()) await launch(node, { server, state });
    await untilReady(node, login);
  };
  await start(0);
  await Promise.all(nodes.slice(1).map((_, index) => start(index + 1)));
  return {
    count,
    login,
    ports: nodes.map(({ ports }) => ports),
    start,
    kill: async (index) => {
      const { child } = nodeAt(index);
      if (!child || child.hasEnded()) return;
      process.kill(-child.pid, 'SIGKILL');
      await child.ended;
    },
    part: (index) =>
      control(nodeAt(index), 'eval', `${cookies(others(index), 'apart')}, ${hangUp}.`),
    rejoin: (index) =>
      control(nodeAt(index), 'eval', `${cookies(others(index), 'erlang:get_cookie()')}.`),
    alarm: (index) => control(nodeAt(index), 'set_disk_free_limit', '900TB'),
    calm: (index) => control(nodeAt(index), 'set_disk_free_limit', '50MB'),
  };
};
