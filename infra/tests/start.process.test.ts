import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recall, root, stateAt } from '../bootstrap/checkout.mjs';
import { freePort, isFree } from '../bootstrap/ports.mjs';
import { withForeign } from '../bootstrap/roles.mjs';
import { recorded, type Running } from '../bootstrap/running.mjs';
import { until } from '../testing/until.js';

const upMs = 90_000;
const downMs = 45_000;

let folder: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lb-bus-start-'));
  environment = withForeign({
    LBBUS_STATE_DIR: folder,
    LBBUS_PORT: String(await freePort()),
    LBBUS_MONITORING_PORT: String(await freePort()),
    LBBUS_PROEFTUIN_PORT: String(await freePort()),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Start {
  readonly process: ChildProcess;
  readonly said: () => string;
}

const start = (...options: string[]): Start => {
  const process = spawn('node', [join(root, 'infra/start.mjs'), ...options], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [process.stdout, process.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { process, said: () => text };
};

const isUp = async ({ process, said }: Start): Promise<void> => {
  await until(() => said().includes('Ctrl-C stops everything') || process.exitCode !== null, {
    what: 'everything is up',
    timeoutMs: upMs,
  });
  if (process.exitCode !== null) throw new Error(said());
};

/** Command lines of everything on this machine that was started for our folder, however it is called. */
const processesOfFolder = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
      } catch {
        return false; // gone meanwhile
      }
    })
    .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' '));

const entryOf = (name: string): Running | undefined =>
  recorded(stateAt(folder).run).find((entry) => entry.name === name);

describe('npm start', () => {
  let running: Start;
  beforeAll(async () => {
    running = start('--no-demo');
    await isUp(running);
  }, upMs);

  it('brings up every process, each with its broker and database', async () => {
    const names = recorded(stateAt(folder).run).map(({ name }) => name);
    expect(names.sort()).toEqual([
      'delivery',
      'epmd',
      'gateway',
      'monitoring',
      'postgresql',
      'proeftuin',
      'rabbitmq',
    ]);
    const health = await fetch(`http://127.0.0.1:${environment['LBBUS_PORT']}/health/ready`);
    expect(health.status).toBe(200);
  });

  it('refuses to start a second time beside itself', async () => {
    const second = start('--no-demo');
    const [code] = (await once(second.process, 'exit')) as [number];
    expect(code).toBe(1);
    expect(second.said()).toContain(
      `already runs from this checkout: process ${running.process.pid}`,
    );
  });

  it('starts a process again that was killed, and says so', async () => {
    const before = entryOf('delivery');
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await until(() => running.said().includes('delivery ended by SIGKILL'), { what: 'the report' });
    const after = await until(
      () => {
        const entry = entryOf('delivery');
        return entry && entry.pid !== before?.pid ? entry : undefined;
      },
      { what: 'delivery runs again' },
    );
    await until(() => running.said().match(/delivery is back/), {
      what: 'delivery is ready',
      timeoutMs: 30_000,
    });
    expect(after.identity).not.toBe(before?.identity);
  });

  it(
    'stops everything on Ctrl-C, also when the signal comes twice, and leaves no process',
    async () => {
      const ports = Object.values(recall(stateAt(folder)).ports ?? {});
      expect(ports.length).toBeGreaterThanOrEqual(5);
      running.process.kill('SIGINT');
      running.process.kill('SIGINT');
      const [code] = (await once(running.process, 'exit')) as [number];
      expect(code).toBe(0);
      expect(running.said()).toContain('Everything is stopped.');
      expect(processesOfFolder()).toEqual([]);
      for (const port of ports) expect(await isFree(port)).toBe(true);
    },
    downMs,
  );
});

it(
  'leaves no process either when it is killed itself, and then goes on with its data',
  async () => {
    const killed = start('--no-demo');
    await isUp(killed);
    const ports = recall(stateAt(folder)).ports;
    killed.process.kill('SIGKILL');
    await until(() => processesOfFolder().length === 0, {
      what: 'everything it started is gone',
      timeoutMs: downMs,
    });
    const next = start('--no-demo');
    await isUp(next);
    expect(recall(stateAt(folder)).ports).toEqual(ports);
    expect(next.said()).toMatch(/demo tenants +Nothing to change/);
    next.process.kill('SIGTERM');
    await once(next.process, 'exit');
  },
  2 * upMs + downMs,
);
