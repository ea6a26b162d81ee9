import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readJson, root } from '../bootstrap/checkout.mjs';
import { demoTenants } from '../bootstrap/demo-tenants.mjs';
import { ensureKeys } from '../bootstrap/keys.mjs';
import { lastLines } from '../bootstrap/log.mjs';
import { ensureOperator } from '../bootstrap/operator.mjs';
import { freePort } from '../bootstrap/ports.mjs';
import {
  commandEnvironment,
  commandLine,
  roleEnvironment,
  roles,
  withForeign,
  type Deployment,
  type Role,
} from '../bootstrap/roles.mjs';
import { freshVhost, type FreshVhost } from './broker.js';
import { freshDatabase, type FreshDatabase } from './database.js';
import { until } from './until.js';

const readyMs = 60_000;

/** One of our processes, started from dist and ready. */
export interface RunningRole {
  readonly role: Role;
  readonly pid: number;
  /** Public address, `http://127.0.0.1:port`; for delivery the same as `internalUrl`. */
  readonly url: string;
  /** Health and metrics. */
  readonly internalUrl: string;
  /** What it has logged, one parsed record per line. */
  log(): Record<string, unknown>[];
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code once it has put its work down, rejects after 20 s. */
  stop(): Promise<number | null>;
}

/** One of our processes that was started, and may have to wait for something before it is ready. */
export interface StartingRole {
  /** Health and metrics: there at once. */
  readonly internalUrl: string;
  log(): Record<string, unknown>[];
  kill(): Promise<void>;
  /** Resolves when it is. */
  ready(): Promise<RunningRole>;
}

/** A deployment of one test: database, virtual host, keys and folders of its own. */
export interface Stack {
  readonly database: FreshDatabase;
  readonly vhost: FreshVhost;
  readonly deployment: Deployment;
  /** Starts a process and waits until it is ready; several of one role may run. `environment` overrides. */
  start(role: Role, environment?: Record<string, string>): Promise<RunningRole>;
  /** As `start`, without waiting. */
  begin(role: Role, environment?: Record<string, string>): Promise<StartingRole>;
  /** Runs the command line with these arguments; answers what it printed, rejects where it fails. */
  lbBus(...args: string[]): Promise<string>;
  /** Migrated by `newStack`; this stores the demo tenants, with the addresses of this deployment. */
  applyDemoTenants(): Promise<void>;
  /** Stops every process that still runs and drops everything. */
  end(): Promise<void>;
}

interface ReadyNote {
  readonly port?: number;
  readonly internalPort: number;
  readonly pid: number;
}

type Ports = Readonly<Record<'gateway' | 'proeftuin', number>>;

const hasExited = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

const gone = async (child: ChildProcess): Promise<number | null> => {
  if (!hasExited(child)) await once(child, 'exit');
  return child.exitCode;
};

const killed = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  await gone(child);
};

const stopped = async (child: ChildProcess, role: Role): Promise<number | null> => {
  child.kill('SIGTERM');
  await until(() => hasExited(child), { what: `${role} stops on SIGTERM`, timeoutMs: 20_000 });
  return child.exitCode;
};

const parsedLog = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const untilReady = async (child: ChildProcess, role: Role, files: Files): Promise<ReadyNote> => {
  try {
    return await until(
      () => {
        if (hasExited(child)) return { port: 0, internalPort: 0, pid: 0 };
        return readJson(files.ready) as ReadyNote | undefined;
      },
      { what: `${role} is ready`, timeoutMs: readyMs },
    );
  } catch (cause) {
    await killed(child);
    throw new Error(`${role} did not come up:\n${lastLines(files.log)}`, { cause });
  }
};

interface Files {
  readonly ready: string;
  readonly log: string;
}

const launch = (role: Role, environment: NodeJS.ProcessEnv, log: string): ChildProcess => {
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, [join(root, roles[role].main)], {
    env: environment,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return child;
};

const addressOf = (port: number): string => `http://127.0.0.1:${port}`;

const portOf = (role: Role, ports: Ports, taken: boolean): number => {
  if (taken) return 0;
  if (role === 'gateway') return ports.gateway;
  return role === 'proeftuin' ? ports.proeftuin : 0;
};

const deploymentOf = (
  folder: string,
  database: FreshDatabase,
  vhost: FreshVhost,
  ports: Ports,
): Deployment => ({
  databaseUrl: database.url,
  amqpUrl: vhost.url,
  managementUrl: vhost.managementUrl,
  ...ensureKeys(join(folder, 'keys')),
  ...ensureOperator(join(folder, 'keys')),
  stateFolder: folder,
  publicUrl: addressOf(ports.gateway),
  proeftuinUrl: addressOf(ports.proeftuin),
});

interface Launching {
  readonly deployment: Deployment;
  readonly ports: Ports;
  readonly children: { role: Role; child: ChildProcess }[];
}

/** Starts processes of a deployment, each with files of its own. */
const launcher =
  ({ deployment, ports, children }: Launching) =>
  (role: Role, environment: Record<string, string>): Omit<StartingRole, 'internalUrl'> => {
    const taken = children.some((other) => other.role === role && !hasExited(other.child));
    const files = {
      ready: join(deployment.stateFolder, `${role}-${children.length}.ready.json`),
      log: join(deployment.stateFolder, `${role}-${children.length}.log`),
    };
    const own = { port: portOf(role, ports, taken), readyFile: files.ready };
    const child = launch(
      role,
      { ...roleEnvironment(role, deployment, own), ...environment },
      files.log,
    );
    children.push({ role, child });
    const log = () => parsedLog(files.log);
    const kill = () => killed(child);
    const ready = async (): Promise<RunningRole> => {
      const note = await untilReady(child, role, files);
      if (note.pid !== child.pid)
        throw new Error(`${role} ended while starting:\n${lastLines(files.log)}`);
      return {
        role,
        pid: note.pid,
        url: addressOf(note.port ?? note.internalPort),
        internalUrl: addressOf(note.internalPort),
        log,
        kill,
        stop: () => stopped(child, role),
      };
    };
    return { log, kill, ready };
  };

/** Makes a deployment whose processes the test starts itself. End it in `afterAll`. */
export const newStack = async (): Promise<Stack> => {
  const folder = await mkdtemp(join(tmpdir(), 'lb-bus-'));
  const [database, vhost] = await Promise.all([freshDatabase(), freshVhost()]);
  const ports = { gateway: await freePort(), proeftuin: await freePort() };
  const deployment = deploymentOf(folder, database, vhost, ports);
  const children: { role: Role; child: ChildProcess }[] = [];

  const launched = launcher({ deployment, ports, children });
  const start: Stack['start'] = (role, environment = {}) => launched(role, environment).ready();
  const begin: Stack['begin'] = async (role, environment = {}) => {
    const port = await freePort();
    const starting = launched(role, { LBBUS_INTERNAL_PORT: String(port), ...environment });
    return { internalUrl: addressOf(port), ...starting };
  };

  const lbBus: Stack['lbBus'] = async (...args) => {
    const environment = withForeign(commandEnvironment(deployment));
    const { stdout } = await promisify(execFile)(process.execPath, [commandLine, ...args], {
      cwd: root,
      env: environment,
    });
    return stdout;
  };

  return {
    database,
    vhost,
    deployment,
    start,
    begin,
    lbBus,
    applyDemoTenants: async () => {
      await lbBus(...(await demoTenants(deployment)));
    },
    end: async () => {
      await Promise.all(children.map(({ child }) => killed(child)));
      await Promise.all([database.drop(), vhost.drop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
