import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, stateAt } from '../bootstrap/checkout.mjs';
import { findProgram } from '../bootstrap/programs.mjs';
import { startRabbitmq } from '../bootstrap/rabbitmq.mjs';
import { stopRecorded } from '../bootstrap/running.mjs';

/** A broker of one test file, for what would disturb every other test: alarms, deaths, odd settings. */
export interface OwnBroker {
  readonly url: string;
  /** Its HTTP API, with credentials. */
  readonly managementUrl: string;
  /** Its memory alarm: it takes no messages until it is cleared. */
  alarm(): Promise<void>;
  clearAlarm(): Promise<void>;
  /** A setting of its `rabbit` application, in milliseconds; holds for channels that are opened from then on. */
  setMs(name: string, valueMs: number): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** After `kill`: at the same address, with what was on its disk. */
  startAgain(): Promise<void>;
  end(): Promise<void>;
}

const control = async (folder: string, names: number, args: readonly string[]): Promise<void> => {
  const program = findProgram('rabbitmqctl', ['/usr/lib/rabbitmq/bin']);
  if (program === undefined) throw new Error('this test needs an installed RabbitMQ');
  const env = {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: join(folder, 'home'),
    ERL_EPMD_PORT: String(names),
    RABBITMQ_NODENAME: 'lb-bus@localhost',
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
  };
  await promisify(execFile)(program, args, { env });
};

/** Starts it, as `npm start` starts its own; it is gone when this process is, however that ends. */
export const startOwnBroker = async (): Promise<OwnBroker> => {
  const folder = await mkdtemp(join(tmpdir(), 'lb-bus-broker-'));
  const state = stateAt(folder);
  const guard = spawn(process.execPath, [join(root, 'infra/bootstrap/guard.mjs'), state.run], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  let broker = await startRabbitmq({ state, remembered: {}, note: () => undefined });
  const ctl = (...args: string[]): Promise<void> =>
    control(state.rabbitmq, broker.ports['names'] ?? 0, args);
  const end = async (): Promise<void> => {
    await stopRecorded(state.run, { atOnce: () => true });
  };
  return {
    url: broker.url,
    managementUrl: broker.managementUrl,
    alarm: () => ctl('set_vm_memory_high_watermark', 'absolute', '1'),
    clearAlarm: () => ctl('set_vm_memory_high_watermark', '0.9'),
    setMs: (name, valueMs) => ctl('eval', `application:set_env(rabbit, ${name}, ${valueMs}).`),
    kill: end,
    startAgain: async () => {
      const { ports: remembered } = broker;
      broker = await startRabbitmq({ state, remembered, note: () => undefined });
    },
    end: async () => {
      await end();
      guard.stdin.end();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
};
