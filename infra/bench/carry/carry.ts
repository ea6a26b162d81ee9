import { Bus, type Servers } from '../bus.js';
import { busTarget, Flow } from '../flow.js';
import { meter } from '../processor.js';
import { declare } from '../standing.js';
import { startSystem } from '../system/system.js';
import { tenantYaml } from '../system/tenant.js';

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
  /** Messages that were refused, that the system never got, or got twice. */
  readonly wrong: number;
  /** Milliseconds of processor per message, by process. */
  readonly usedMs: ReadonlyMap<string, number>;
}

const tenant = 'bench';
const connections = 32;
const warmUpSeconds = 5;

/** Carries 2 KB meldingen of one tenant to one system as fast as they go; one process of each role. */
export const runCarry = async (
  servers: Servers,
  { seconds, underWay, profiles }: CarryOptions,
): Promise<Carried> => {
  const system = await startSystem(0);
  const declared = await declare(servers, tenantYaml(tenant, system.baseUrl, 1));
  const standing = profiles === undefined ? declared : { ...declared, profiles };
  const bus = await Bus.open(servers, standing);
  try {
    await bus.startAll();
    const target = busTarget(bus.doors.map((door) => ({ tenant, door })));
    const flow = new Flow({ target, system, underWay, systems: 1 });
    await flow.round({ seconds: warmUpSeconds, connections });
    const warmedUpBy = system.taken.size;
    await bus.untilCollected(warmedUpBy);
    const used = meter(bus.pids);
    const begunAt = performance.now();
    const { messages } = await flow.round({ seconds, connections });
    await bus.untilCollected(system.taken.size);
    const took = (performance.now() - begunAt) / 1_000;
    return {
      messages,
      warmedUpBy,
      perSecond: messages / took,
      wrong: flow.failed + flow.lost + flow.doubled,
      usedMs: new Map([...used()].map(([name, ms]) => [name, ms / messages])),
    };
  } finally {
    await bus.close();
    system.close();
  }
};
