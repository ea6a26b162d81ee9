import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readJson, root } from '../../bootstrap/checkout.mjs';
import { startChild } from '../../bootstrap/child.mjs';
import { ensureKeys } from '../../bootstrap/keys.mjs';
import { freePort } from '../../bootstrap/ports.mjs';
import {
  commandEnvironment,
  commandLine,
  roleEnvironment,
  roles,
  withForeign,
} from '../../bootstrap/roles.mjs';
import { openBroker } from './broker.mjs';
import { openDatabase } from './database.mjs';
import { reportFolder } from './place.mjs';
import { openSpace } from './space.mjs';

/**
 * @param {import('../../bootstrap/checkout.mjs').State} state
 * @param {import('../../bootstrap/roles.mjs').Deployment} deployment
 * @returns {Pick<import('../ground.js').Ground, 'startRole' | 'readiness'>}
 */
const openRoles = (state, deployment) => {
  /** @param {string} name */
  const readyFile = (name) => join(state.run, 'ready', `${name}.json`);
  /** @type {Map<string, number>} */
  const lives = new Map();
  return {
    startRole: ({ role, name, port, databaseUrl, amqpUrl, environment }) => {
      const life = 1 + (lives.get(name) ?? 0);
      lives.set(name, life);
      rmSync(readyFile(name), { force: true });
      const own = { port, readyFile: readyFile(name) };
      return startChild({
        name,
        runFolder: state.run,
        logFile: join(state.log, `${name}.${life}.log`),
        command: process.execPath,
        args: [join(root, roles[role].main)],
        env: {
          ...roleEnvironment(role, { ...deployment, databaseUrl, amqpUrl }, own),
          LBBUS_STATE_DIR: join(state.folder, 'state', name),
          LBBUS_ISSUERS_FILE: '',
          // What dies with a message in hand costs its subject ten seconds, not 35.
          LBBUS_SEND_DEADLINE_SECONDS: '5',
          ...environment,
        },
        stage: roles[role].stage,
        signal: 'SIGTERM',
        patienceMs: 1_000,
      });
    },
    readiness: (name) =>
      /** @type {{ port?: number, internalPort: number } | undefined} */ (
        readJson(readyFile(name))
      ),
  };
};

/** Small enough to be filled within seconds. */
const usualDiskMb = { database: 1_000, broker: 700, attachments: 200 };

/**
 * Starts the servers of a run, each on a file system of its own where that can be had: of `diskMb`, or small.
 * @param {{ state: import('../../bootstrap/checkout.mjs').State, nodes: number, diskMb?: number | undefined,
 *   steps: import('../../bootstrap/steps.mjs').Steps }} wish
 * @returns {Promise<import('../ground.js').Ground>}
 */
export const openGround = async ({ state, nodes, diskMb, steps }) => {
  for (const folder of [state.log, reportFolder, state.attachments])
    mkdirSync(folder, { recursive: true });
  const spaces = {
    database: openSpace(state.postgres, diskMb ?? usualDiskMb.database),
    broker: openSpace(state.rabbitmq, diskMb ?? usualDiskMb.broker * nodes),
    attachments: openSpace(state.attachments, diskMb ?? usualDiskMb.attachments),
  };
  const [database, broker] = await Promise.all([
    steps.run('PostgreSQL', () => openDatabase(state)),
    steps.run('RabbitMQ', (note) => {
      note(nodes === 1 ? 'one node' : `cluster of ${nodes} nodes`);
      return openBroker(state, nodes);
    }),
  ]);
  const { user, password } = broker.login;
  const deployment = {
    databaseUrl: database.url,
    amqpUrl: `amqp://${user}:${password}@127.0.0.1:${broker.ports[0]?.amqp ?? 0}`,
    managementUrl: undefined,
    ...ensureKeys(state.keys),
    stateFolder: state.folder,
    publicUrl: 'http://127.0.0.1:8080',
    proeftuinUrl: 'http://127.0.0.1:8070',
  };
  return {
    database,
    broker,
    spaces,
    logFolder: state.log,
    reportFolder,
    folder: state.folder,
    bodyKeyFile: deployment.bodyKeyFile,
    freePort,
    ...openRoles(state, deployment),
    lbBus: async (...args) => {
      const { stdout } = await promisify(execFile)(process.execPath, [commandLine, ...args], {
        cwd: root,
        env: withForeign(commandEnvironment(deployment)),
        maxBuffer: 64 * 1024 * 1024,
      });
      return stdout;
    },
  };
};
