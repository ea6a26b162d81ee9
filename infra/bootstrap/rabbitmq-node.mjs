import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { readJson, writeJson } from './checkout.mjs';
import { startChild } from './child.mjs';
import { freePort } from './ports.mjs';
import { findProgram } from './programs.mjs';
import { SetupProblem } from './problem.mjs';
import { stages } from './running.mjs';

/**
 * The server itself. In packages of Debian and Red Hat what PATH finds is a wrapper that turns into the system's own
 * broker user; the program behind it does not.
 */
export const findRabbitmq = () =>
  findProgram('rabbitmq-server', ['/usr/lib/rabbitmq/bin', '/opt/homebrew/sbin']);

const findEpmd = () => findProgram('epmd', ['/usr/lib/erlang/bin', '/opt/homebrew/bin']);

/**
 * Login of our own for the broker, made once for a data folder.
 * @param {string} folder
 * @returns {{ user: string, password: string }}
 */
export const brokerLogin = (folder) => {
  const file = join(folder, 'login.json');
  if (!existsSync(file))
    writeJson(file, { user: 'lbbus', password: randomBytes(24).toString('base64url') });
  return /** @type {{ user: string, password: string }} */ (readJson(file));
};

/**
 * What the node reads at its start; `more` are settings of the caller's.
 * @param {string} folder
 * @param {{ amqp: number, management: number }} ports
 * @param {readonly string[]} [more]
 */
export const writeConfiguration = (folder, ports, more = []) => {
  const { user, password } = brokerLogin(folder);
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.management}`,
    `default_user = ${user}`,
    `default_pass = ${password}`,
    // Of many quorum queues each keeps a share of the write-ahead log in memory, and to sort it into them takes a processor: little and often, so
    // that nobody waits for it. The default of 512 MiB is for servers.
    'raft.wal_max_size_bytes = 16777216',
    'disk_free_limit.absolute = 50MB',
    // A queue and its channel are a dozen processes of Erlang that rest most of the time: they let go of what they hold for nothing.
    'background_gc_enabled = true',
    'background_gc_target_interval = 30000',
    // Nobody asks this node how many messages a second it carries: each queue would remember that for hours.
    'management.rates_mode = none',
    'log.console = true',
    'log.console.level = info',
    'log.console.use_colors = off',
    'log.file = false',
    ...more,
  ];
  writeFileSync(join(folder, 'rabbitmq.conf'), `${settings.join('\n')}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'enabled_plugins'), '[rabbitmq_management].\n');
};

/**
 * The node answers with its names service (epmd) on a port of our own: the usual port is shared with every Erlang on
 * the machine, and an epmd that the node starts by itself would stay behind.
 * @param {{ state: import('./checkout.mjs').State, port: number, env: NodeJS.ProcessEnv }} wish
 */
export const startNames = async ({ state, port, env }) => {
  const command = findEpmd();
  if (command === undefined)
    throw new SetupProblem(
      'RabbitMQ is installed, but epmd, which comes with Erlang, is not found.',
      'install Erlang whole (Debian: apt-get install erlang-base), or point AMQP_URL at a broker',
    );
  return startChild({
    name: 'epmd',
    runFolder: state.run,
    logFile: join(state.log, 'epmd.log'),
    command,
    args: ['-port', String(port), '-address', '127.0.0.1'],
    env,
    stage: stages.names,
    // epmd ignores requests to stop while a node is registered; its stage comes after the node's.
    signal: 'SIGTERM',
    patienceMs: 2_000,
  });
};

/**
 * @param {Record<string, number>} remembered
 */
const choosePorts = async (remembered) => ({
  amqp: await freePort(remembered['amqp']),
  management: await freePort(remembered['management']),
  distribution: await freePort(remembered['distribution']),
  names: await freePort(remembered['names']),
});

/**
 * Environment of a node, and of the tools that talk to it. `home` holds the cookie: nodes that share it are friends.
 * @param {{ server: string, folder: string, home: string, name: string,
 *   ports: { distribution: number, names: number } }} node
 */
export const nodeEnvironment = ({ server, folder, home, name, ports }) => ({
  PATH: [dirname(server), process.env['PATH'], '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(
    delimiter,
  ),
  LANG: 'C.UTF-8',
  HOME: home,
  ERL_EPMD_PORT: String(ports.names),
  ERL_EPMD_ADDRESS: '127.0.0.1',
  RABBITMQ_NODENAME: name,
  RABBITMQ_DIST_PORT: String(ports.distribution),
  RABBITMQ_MNESIA_BASE: join(folder, 'data'),
  RABBITMQ_LOG_BASE: join(folder, 'log'),
  RABBITMQ_PID_FILE: join(folder, 'pid'),
  RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
  RABBITMQ_CONF_ENV_FILE: '/dev/null',
  // Memory is asked for in pieces of half a megabyte, and given back: by default in pieces of five, of which a share is kept. Of every quorum
  // queue the node asks how it is each time the interval (ms) has passed, which takes 3.10 some 0.7 ms: with 2,400 queues a third of a processor at the usual 5 s.
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: [
    '-kernel inet_dist_use_interface {127,0,0,1}',
    '-rabbit quorum_tick_interval 15000',
    '+MBlmbcs 512 +MHlmbcs 512 +MMmcs 0',
  ].join(' '),
  // Makes the script become the node instead of minding it, so that the process we know is the node itself.
  detached: 'yes',
});

/**
 * Starts the installed RabbitMQ as a node of our own: own name, ports, cookie and data; never the system's service.
 * Everything listens on loopback.
 * @param {{ server: string, state: import('./checkout.mjs').State, remembered: Record<string, number> }} wish
 */
export const startNode = async ({ server, state, remembered }) => {
  const folder = state.rabbitmq;
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const ports = await choosePorts(remembered);
  writeConfiguration(folder, ports);
  const env = nodeEnvironment({ server, folder, home, name: 'lb-bus@localhost', ports });
  await startNames({ state, port: ports.names, env });
  const child = await startChild({
    name: 'rabbitmq',
    runFolder: state.run,
    logFile: join(state.log, 'rabbitmq.log'),
    command: server,
    args: [],
    env,
    cwd: folder,
    stage: stages.servers,
    signal: 'SIGTERM',
    patienceMs: 20_000,
  });
  return { child, ports, login: brokerLogin(folder) };
};
