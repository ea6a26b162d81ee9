import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { tokenHash } from '#tenants/tokens.js';
import { load, type Target } from '../load.js';
import { meldingenOf, meldingTenant } from '../meldingen.js';
import { startBuilt, type Started } from '../processes.js';
import { meter, processWith } from '../processor.js';
import { declare, type OwnServers } from '../standing.js';
import { startSink } from './sink.js';

export interface CarryOptions {
  readonly seconds: number;
  /** Messages that are accepted and not yet at the system, at most. */
  readonly underWay: number;
  /** Where each process leaves what its processor did, as it ends; nothing is noted where it is not given. */
  readonly profiles?: string;
}

/** What was carried, from accept until the system had it and all of it was recorded and collected. */
export interface Carried {
  readonly messages: number;
  /** Messages before those. */
  readonly warmedUpBy: number;
  readonly perSecond: number;
  /** Messages that the system never got, or got twice. */
  readonly wrong: number;
  /** Milliseconds of processor per message, by process. */
  readonly usedMs: ReadonlyMap<string, number>;
}

const tenant = 'bench';
const apiKey = 'lb_bench_meldpunt';
const connections = 32;
const warmUpSeconds = 5;
const patienceMs = 60_000;
const lookMs = 250;

const collected = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from monitoring.target where status = 'delivered'`,
  );
  return rows[0]?.count ?? 0;
};

const untilCollected = async (client: pg.Client, count: number): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  while ((await collected(client)) < count) {
    if (performance.now() > deadline) throw new Error('not all was collected within a minute');
    await pause(lookMs);
  }
};

const mains = {
  delivery: 'infra/bench/carry/delivery.js',
  monitoring: 'monitoring/main.js',
  gateway: 'gateway/main.js',
} as const;

const pidsOf = (roles: ReadonlyMap<string, Started>, folder: string): Map<string, number> => {
  const pids = new Map([...roles].map(([name, { pid }]) => [name, pid]));
  const postgres = processWith('bin/postgres', folder);
  const broker = processWith('beam.smp', folder);
  if (postgres !== null) pids.set('PostgreSQL', postgres);
  if (broker !== null) pids.set('RabbitMQ', broker);
  return pids.set('load and system', process.pid);
};

/** Lets so many in; the next when one has come out. */
const roomFor = (most: number) => {
  const line: (() => void)[] = [];
  let inside = 0;
  return {
    enter: (): Promise<void> | undefined => {
      inside += 1;
      return inside <= most ? undefined : new Promise((resolve) => line.push(resolve));
    },
    leave: (): void => {
      inside -= 1;
      line.shift()?.();
    },
  };
};

/** Where meldingen are given, and how many were. */
const doorOf = (port: number, room: Target['room']) => {
  const next = meldingenOf(tenant);
  let given = 0;
  const target: Target = {
    url: `http://127.0.0.1:${port}/v1/messages`,
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/cloudevents+json',
    },
    next: () => {
      given += 1;
      return next();
    },
    expected: 202,
    ...(room && { room }),
  };
  return { target, given: () => given };
};

/** Carries 2 KB meldingen of one tenant to one system as fast as they go; one process of each role. */
export const runCarry = async (
  servers: OwnServers & { readonly groundFolder: string },
  { seconds, underWay, profiles }: CarryOptions,
): Promise<Carried> => {
  const room = roomFor(underWay);
  const { baseUrl, taken, server } = await startSink(room.leave);
  const client = new pg.Client(servers.databaseUrl);
  await client.connect();
  const roles = new Map<string, Started>();
  try {
    const keyHash = tokenHash(apiKey);
    const declared = await declare(servers, meldingTenant(tenant, { baseUrl, keyHash }));
    const standing = profiles === undefined ? declared : { ...declared, profiles };
    for (const [name, main] of Object.entries(mains))
      roles.set(name, await startBuilt(main, name, standing));
    const { target, given } = doorOf(roles.get('gateway')?.port ?? 0, room.enter);
    await load(target, { seconds: warmUpSeconds, connections });
    await untilCollected(client, given());
    const before = taken.size;
    const used = meter(pidsOf(roles, servers.groundFolder));
    const begunAt = performance.now();
    const { failed } = await load(target, { seconds, connections });
    await untilCollected(client, given());
    const messages = taken.size - before;
    const took = (performance.now() - begunAt) / 1_000;
    const twice = [...taken.values()].filter((times) => times > 1).length;
    return {
      messages,
      warmedUpBy: before,
      perSecond: messages / took,
      wrong: failed + twice + given() - taken.size,
      usedMs: new Map([...used()].map(([name, ms]) => [name, ms / messages])),
    };
  } finally {
    await Promise.all([...roles.values()].map(({ stop }) => stop()));
    await client.end();
    server.close();
    server.closeAllConnections();
  }
};
