import { Bus, type Replicas, type Servers } from '../bus.js';
import { busTarget, Flow, type Rounds } from '../flow.js';
import { meter } from '../processor.js';
import { declare } from '../standing.js';
import { tenantYaml } from '../system/tenant.js';
import { startSystem, type System } from '../system/system.js';
import { attach, type Attached } from './attachments.js';
import { drain, type Drained } from './backlog.js';

export interface GrowthOptions {
  /** Of each round. */
  readonly seconds: number;
  /** Of the backlog. */
  readonly messages: number;
}

/** What was carried, and what it took. */
export interface Carried extends Rounds {
  /** Milliseconds of processor per message, by role and server. */
  readonly usedMs: ReadonlyMap<string, number>;
}

/** The bus as each of these grows. */
export interface Grown {
  readonly sizes: readonly (Carried & { readonly bytes: number })[];
  readonly attachments: readonly Attached[];
  readonly replicas: readonly (Carried & { readonly replicas: number })[];
  readonly backlog: Drained;
}

const tenants = Array.from({ length: 8 }, (_, index) => `bench-${index}`);
const sizes = [1_000, 10_000, 100_000, 1_000_000];
const replicaCounts = [1, 2, 4];
/** Of one round: PostgreSQL and RabbitMQ of the bench may lie in memory. */
const budgetBytes = 13_000_000;
const connections = 32;
const underWay = 200;
/** Of each of three rounds. */
const leastWarmUpSeconds = 2;

/** A bus for the eight tenants, with their one system each. */
export interface Ground {
  readonly bus: Bus;
  readonly system: System;
  readonly tenants: readonly string[];
  readonly print: (line: string) => void;
}

/** `gateway-1` and `gateway-2` are one role. */
const byRole = (used: ReadonlyMap<string, number>, messages: number): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const [name, ms] of used) {
    const role = name.replace(/-\d+$/, '');
    sums.set(role, (sums.get(role) ?? 0) + ms / messages);
  }
  return sums;
};

const carry = async (
  { bus, system, tenants: senders }: Ground,
  { seconds, bytes = 2_048 }: { readonly seconds: number; readonly bytes?: number },
): Promise<Carried> => {
  const { doors } = bus;
  const applications = senders.map((tenant, index) => ({
    tenant,
    door: doors[index % doors.length] ?? '',
  }));
  const target = busTarget(applications, bytes);
  const flow = new Flow({ target, system, underWay, systems: 1 });
  const before = await bus.collected();
  const used = meter(bus.pids);
  const most = Math.ceil(budgetBytes / bytes);
  const went = await flow.rounds({ seconds, connections, most });
  if (flow.lost + flow.failed > 0)
    throw new Error(`${flow.lost} messages of ${bytes} bytes were lost, ${flow.failed} refused`);
  await bus.untilCollected(before + went.messages);
  return { ...went, usedMs: byRole(used(), went.messages) };
};

const withReplicas = async (
  open: () => Promise<Bus>,
  ground: Omit<Ground, 'bus'>,
  { replicas, seconds }: { readonly replicas: number; readonly seconds: number },
) => {
  const bus = await open();
  try {
    const wish: Replicas = { gateway: replicas, delivery: replicas };
    await bus.startAll(wish);
    // Each process has to warm up, and they share what comes.
    await carry({ ...ground, bus }, { seconds: replicas * Math.max(leastWarmUpSeconds, seconds) });
    return { replicas, ...(await carry({ ...ground, bus }, { seconds })) };
  } finally {
    await bus.close();
  }
};

/** Messages of more bytes, attachments, more replicas and a backlog, one after the other on the same servers. */
export const runGrowth = async (
  servers: Servers,
  { seconds, messages }: GrowthOptions,
  print: (line: string) => void,
): Promise<Grown> => {
  const system = await startSystem(0);
  const yaml = tenants.map((tenant) => tenantYaml(tenant, system.baseUrl, 1)).join('\n---\n');
  const standing = await declare(servers, yaml);
  const open = (): Promise<Bus> => Bus.open(servers, standing);
  const ground = { system, tenants, print };
  const bus = await open();
  try {
    await bus.startAll();
    await carry({ ...ground, bus }, { seconds: Math.max(leastWarmUpSeconds, seconds) });
    const carried: Grown['sizes'][number][] = [];
    for (const bytes of sizes) {
      print(`    messages of ${bytes} bytes`);
      carried.push({ bytes, ...(await carry({ ...ground, bus }, { seconds, bytes })) });
    }
    const attachments = await attach({ ...ground, bus });
    const backlog = await drain({ ...ground, bus }, messages);
    await bus.stop();
    const replicas: Grown['replicas'][number][] = [];
    for (const count of replicaCounts) {
      print(`    ${count} of gateway and delivery`);
      replicas.push(await withReplicas(open, ground, { replicas: count, seconds }));
    }
    return { sizes: carried, attachments, replicas, backlog };
  } finally {
    await bus.close();
    system.close();
  }
};
