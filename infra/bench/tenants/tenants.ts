import { setTimeout as pause } from 'node:timers/promises';
import { Bus, type Servers } from '../bus.js';
import { busTarget, Flow, type Rounds } from '../flow.js';
import { meldingenOf } from '../meldingen.js';
import { residentOf } from '../memory.js';
import { declare } from '../standing.js';
import { apiKeyOf, tenantYaml } from '../system/tenant.js';
import { startSystem, type System } from '../system/system.js';

export interface TenantsOptions {
  /** How many tenants, each time; from few to many. */
  readonly counts: readonly number[];
  /** Of each of the three rounds of each time. */
  readonly seconds: number;
}

/** The bus with so many tenants. */
export interface Populated extends Rounds {
  readonly tenants: number;
  /** Milliseconds until each process was ready. */
  readonly readyMs: ReadonlyMap<string, number>;
  /** MiB of each process. */
  readonly residentMb: ReadonlyMap<string, number>;
  /** Milliseconds from the declaration of one more until its first message was taken by all its systems. */
  readonly oneMoreMs: number;
  readonly lost: number;
}

/** Systems of each tenant; a melding is for all of them. */
export const systemsEach = 8;
const connections = 32;
const underWay = 50;
const warmUpSeconds = 5;
const patienceMs = 120_000;

const nameOf = (index: number): string => `bench-${index}`;

const yamlOf = (names: readonly string[], { baseUrl }: System): string =>
  names.map((name) => tenantYaml(name, baseUrl, systemsEach)).join('\n---\n');

/** Knocks until the door knows the tenant, then waits until all its systems have the first message. */
const firstOf = async (tenant: string, door: string, { taken }: System): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) {
      if (performance.now() > deadline) throw new Error(`${tenant}: ${what} took too long`);
      await pause(20);
    }
  };
  const authorization = `Bearer ${apiKeyOf(tenant)}`;
  const headers = { authorization, 'content-type': 'application/cloudevents+json' };
  const body = meldingenOf(tenant)();
  await until('its door', async () => {
    const response = await fetch(`${door}/v1/messages`, { method: 'POST', headers, body });
    await response.text();
    return response.status === 202;
  });
  const isOfIt = (key: string): boolean => key.startsWith(`/${tenant}/`);
  await until('its first message', () => [...taken.keys()].filter(isOfIt).length === systemsEach);
};

class Population {
  readonly #servers: Servers;
  readonly #system: System;
  readonly #print: (line: string) => void;

  constructor(servers: Servers, system: System, print: (line: string) => void) {
    this.#servers = servers;
    this.#system = system;
    this.#print = print;
  }

  async #declare(names: readonly string[]) {
    return declare(this.#servers, yamlOf(names, this.#system));
  }

  async measure(tenants: number, seconds: number): Promise<Populated> {
    const names = Array.from({ length: tenants }, (_, index) => nameOf(index));
    this.#print(`    ${tenants} tenants are declared`);
    const bus = await Bus.open(this.#servers, await this.#declare(names));
    try {
      await bus.startAll();
      const [door = ''] = bus.doors;
      this.#print(`    ready; each melding of a tenant is for its ${systemsEach} systems`);
      const target = busTarget(names.map((tenant) => ({ tenant, door })));
      const flow = new Flow({ target, system: this.#system, underWay, systems: systemsEach });
      await flow.round({ seconds: Math.max(warmUpSeconds, seconds), connections });
      const went = await flow.rounds({ seconds, connections });
      const residentMb = residentOf(bus.pids);
      const { lost } = flow;
      const begunAt = performance.now();
      const one = `more-${tenants}`;
      await this.#declare([one]);
      await firstOf(one, door, this.#system);
      const oneMoreMs = performance.now() - begunAt;
      return {
        tenants,
        ...went,
        readyMs: new Map(bus.readyMs),
        residentMb,
        oneMoreMs,
        lost,
      };
    } finally {
      await bus.close();
    }
  }
}

/** The bus with few tenants and with many, each with eight systems; one process of each role. */
export const runTenants = async (
  servers: Servers,
  { counts, seconds }: TenantsOptions,
  print: (line: string) => void,
): Promise<Populated[]> => {
  const populated: Populated[] = [];
  for (const count of counts) {
    const system = await startSystem(0);
    try {
      populated.push(await new Population(servers, system, print).measure(count, seconds));
    } finally {
      system.close();
    }
  }
  return populated;
};
