import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startChild } from './child.mjs';
import { lastLines } from './log.mjs';
import { freePort } from './ports.mjs';
import { postgresPrograms } from './postgres-binaries.mjs';
import { SetupProblem } from './problem.mjs';
import { stages } from './running.mjs';
import {
  canReach,
  makePassable,
  makePrivate,
  reachableFolder,
  unprivilegedLogin,
} from './unprivileged.mjs';

const readyMs = 30_000;
const user = 'lbbus';
const run = promisify(execFile);

/**
 * Where the data of a state folder lie: in it, or elsewhere when the login that runs PostgreSQL cannot get there.
 * @param {import('./checkout.mjs').State} state
 * @param {import('./unprivileged.mjs').Login | undefined} login
 */
const homeOf = (state, login) => {
  makePassable(state.folder);
  return !login || canReach(state.postgres, login) ? state.postgres : reachableFolder(state.folder);
};

/**
 * Removes the data of a state folder, wherever they lie.
 * @param {import('./checkout.mjs').State} state
 */
export const removePostgres = (state) => {
  const elsewhere = reachableFolder(state.folder);
  rmSync(join(state.postgres, 'server'), { recursive: true, force: true });
  rmSync(elsewhere, { recursive: true, force: true });
};

/**
 * @param {{ programs: string, folder: string, login: import('./unprivileged.mjs').Login | undefined }} place
 */
const createCluster = async ({ programs, folder, login }) => {
  const draft = join(folder, 'draft');
  const passwordFile = join(folder, 'password');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (login) chownSync(passwordFile, login.uid, login.gid);
  const settings = [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ];
  try {
    await run(
      join(programs, 'bin', 'initdb'),
      [
        `--pgdata=${draft}`,
        `--username=${user}`,
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--no-sync',
        ...settings,
      ],
      {
        cwd: folder,
        env: { PATH: process.env['PATH'], LC_ALL: 'C' },
        ...(login && { uid: login.uid, gid: login.gid }),
      },
    );
  } catch (cause) {
    const { stderr = '' } = /** @type {{ stderr?: string }} */ (cause);
    throw new SetupProblem('PostgreSQL could not create its data folder.', `look into ${folder}`, {
      detail: stderr,
      cause,
    });
  }
  renameSync(draft, join(folder, 'data'));
};

/**
 * The server writes "ready" into the last line of its pid file once it accepts connections.
 * @param {string} data
 * @param {import('./child.mjs').Child} child
 */
const untilReady = async (data, child) => {
  const deadline = performance.now() + readyMs;
  const pidFile = join(data, 'postmaster.pid');
  const isReady = () => existsSync(pidFile) && /\bready\s*$/.test(readFileSync(pidFile, 'utf8'));
  while (!isReady()) {
    if (child.hasEnded() || performance.now() > deadline)
      throw new SetupProblem(
        child.hasEnded()
          ? `PostgreSQL ended ${await child.ended}.`
          : 'PostgreSQL did not come up within 30 s.',
        [
          'read its log, above and in the file ' + child.logFile,
          'begin anew: npm start -- --fresh',
          'use a server of your own: DATABASE_URL=postgres://…',
        ],
        { detail: lastLines(child.logFile) },
      );
    await pause(20);
  }
};

/**
 * Starts a PostgreSQL of our own on loopback, creating its data at the first start. Under root it runs as another
 * login. Without `durable` a power cut may damage the data: for tests only.
 * @param {{ state: import('./checkout.mjs').State, port: number | undefined, durable: boolean,
 *   note: (text: string) => void }} wish
 */
export const startPostgres = async ({ state, port: remembered, durable, note }) => {
  const login = unprivilegedLogin();
  const programs = postgresPrograms(login);
  const home = homeOf(state, login);
  const folder = join(home, 'server');
  makePassable(home);
  makePrivate(folder, login);
  const data = join(folder, 'data');
  if (!existsSync(data)) {
    note('creating its data');
    await createCluster({ programs, folder, login });
  }
  const port = await freePort(remembered);
  note(`starting on port ${port}`);
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    fsync: durable ? 'on' : 'off',
    logging_collector: 'off',
  };
  const child = await startChild({
    name: 'postgresql',
    runFolder: state.run,
    logFile: join(state.log, 'postgresql.log'),
    command: join(programs, 'bin', 'postgres'),
    args: [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    cwd: folder,
    stage: stages.servers,
    signal: 'SIGINT',
    patienceMs: 15_000,
    ...(login && { uid: login.uid, gid: login.gid }),
  });
  await untilReady(data, child);
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  note(`17, port ${port}${home === state.postgres ? '' : `, data in ${folder}`}`);
  return { child, port, url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres` };
};
