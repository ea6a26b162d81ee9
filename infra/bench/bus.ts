import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startBuilt, type Standing, type Started } from './processes.js';
import { processWith } from './processor.js';
import type { OwnServers } from './standing.js';

/** The servers of a bench, with the folder below which they keep everything: their processes are known by it. */
export type Servers = OwnServers & { readonly groundFolder: string };

const mains = {
  delivery: 'infra/bench/system/delivery.js',
  monitoring: 'monitoring/main.js',
  gateway: 'gateway/main.js',
} as const;

export type BenchRole = keyof typeof mains;

/** How many processes of each role; one where it is not said. */
export type Replicas = Partial<Record<BenchRole, number>>;

const patienceMs = 120_000;

/** PostgreSQL and RabbitMQ below a folder, and us: who loads is also the system. */
export const serverPids = (groundFolder: string): Map<string, number> => {
  const found = [
    ['PostgreSQL', processWith('bin/postgres', groundFolder)],
    ['RabbitMQ', processWith('beam.smp', groundFolder)],
    ['load and system', process.pid],
  ] as const;
  return new Map(found.flatMap(([name, pid]) => (pid === null ? [] : [[name, pid]])));
};

/** `kill -9` and the same again; its ready file would say that the dead one is ready. */
export const startAgain = async (
  started: Started,
  { folder, name }: { readonly folder: string; readonly name: string },
  start: () => Promise<Started>,
): Promise<Started> => {
  process.kill(started.pid, 'SIGKILL');
  rmSync(join(folder, `${name}.ready.json`), { force: true });
  return start();
};

/** The whole bus under a bench: gateway, delivery and monitoring with everything on, the system as its one connector. */
export class Bus {
  readonly #servers: Servers;
  readonly #standing: Standing;
  readonly #client: pg.Client;
  readonly #started = new Map<string, Started>();
  /** Milliseconds until each process was ready. */
  readonly readyMs = new Map<string, number>();

  private constructor(servers: Servers, standing: Standing, client: pg.Client) {
    this.#servers = servers;
    this.#standing = standing;
    this.#client = client;
  }

  static async open(servers: Servers, standing: Standing): Promise<Bus> {
    const client = new pg.Client(servers.databaseUrl);
    // A lost connection fails what is asked next.
    client.on('error', () => undefined);
    await client.connect();
    return new Bus(servers, standing, client);
  }

  async start(role: BenchRole, replica = 1): Promise<Started> {
    const name = `${role}-${replica}`;
    const begunAt = performance.now();
    const started = await startBuilt(mains[role], name, this.#standing);
    this.readyMs.set(name, performance.now() - begunAt);
    this.#started.set(name, started);
    return started;
  }

  async startAll(replicas: Replicas = {}): Promise<void> {
    for (const role of ['delivery', 'monitoring', 'gateway'] as const)
      for (let replica = 1; replica <= (replicas[role] ?? 1); replica++)
        await this.start(role, replica);
  }

  async stop(...names: readonly string[]): Promise<void> {
    const chosen = names.length === 0 ? [...this.#started.keys()] : names;
    await Promise.all(
      chosen.map(async (name) => {
        await this.#started.get(name)?.stop();
        this.#started.delete(name);
      }),
    );
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#client.end();
  }

  /** `kill -9` of the first of that role, and the next. */
  async kill(role: BenchRole): Promise<void> {
    const name = `${role}-1`;
    const started = this.#started.get(name);
    if (!started) throw new Error(`${name} does not run`);
    await startAgain(started, { folder: this.#standing.folder, name }, () => this.start(role));
  }

  /** Addresses of the gateways. */
  get doors(): string[] {
    const gateways = [...this.#started].filter(([name]) => name.startsWith('gateway-'));
    return gateways.map(([, { port }]) => `http://127.0.0.1:${port}`);
  }

  get pids(): Map<string, number> {
    const own = [...this.#started].map(([name, { pid }]) => [name, pid] as const);
    return new Map([...own, ...serverPids(this.#servers.groundFolder)]);
  }

  async numberOf(text: string): Promise<number> {
    const { rows } = await this.#client.query<{ number: string }>(`select (${text}) as number`);
    return Number(rows[0]?.number ?? 0);
  }

  /** What monitoring knows to be delivered. */
  collected(): Promise<number> {
    return this.numberOf(`select count(*) from monitoring.target where status = 'delivered'`);
  }

  /** Throws where monitoring does not know within two minutes that so much is delivered. */
  async untilCollected(count: number): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while ((await this.collected()) < count) {
      if (performance.now() > deadline)
        throw new Error(`not all of ${count} was collected in time`);
      await pause(100);
    }
  }
}
