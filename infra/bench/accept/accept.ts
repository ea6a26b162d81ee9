import { auditQueue, targetQueue } from '#bus/topology.js';
import { load, type LoadOptions, type Loaded, type Target } from '../load.js';
import { quantile, spreadOf, type Spread } from '../measures.js';
import { meldingenOf } from '../meldingen.js';
import { startBuilt, type Started } from '../processes.js';
import { declare, type OwnServers } from '../standing.js';
import { apiKeyOf, tenantYaml } from '../system/tenant.js';

export interface AcceptOptions {
  /** Each of the two doors is measured so often, in turn. */
  readonly rounds: number;
  readonly seconds: number;
}

/** Requests per second over the rounds, and how long they wait at half of that. */
export interface Door {
  readonly perSecond: Spread;
  readonly p50: number;
  readonly p99: number;
}

export interface Accepted {
  readonly floor: Door;
  readonly gateway: Door;
  /** Messages per second of batches of 50. */
  readonly batched: number;
  readonly failed: number;
}

const tenant = 'bench';
const connections = 64;
const batchSize = 50;
const warmUpSeconds = 3;
const queues = [targetQueue(tenant, 'system-1'), auditQueue];

/** Empties the queues: nobody reads them, and a long one costs the broker more. */
const emptyAll = async (managementUrl: string): Promise<void> => {
  const { username, password, origin } = new URL(managementUrl);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  for (const queue of queues)
    await fetch(`${origin}/api/queues/%2F/${queue}/contents`, {
      method: 'DELETE',
      headers: { authorization },
    });
};

const targetAt = ({ port }: Started): Target => ({
  url: `http://127.0.0.1:${port}/v1/messages`,
  headers: {
    authorization: `Bearer ${apiKeyOf(tenant)}`,
    'content-type': 'application/cloudevents+json',
  },
  next: meldingenOf(tenant),
  expected: 202,
});

const batchesAt = (started: Started): Target => {
  const { headers, next, ...target } = targetAt(started);
  return {
    ...target,
    headers: { ...headers, 'content-type': 'application/cloudevents-batch+json' },
    next: () => `[${Array.from({ length: batchSize }, next).join(',')}]`,
    expected: 207,
    isGood: (body) => [...body.matchAll(/"status":202/g)].length === batchSize,
  };
};

/** A door under load, round after round. */
class Measured {
  readonly #target: Target;
  readonly #after: () => Promise<void>;
  readonly #rates: number[] = [];
  failed = 0;

  constructor(target: Target, after: () => Promise<void>) {
    this.#target = target;
    this.#after = after;
  }

  async round(options: LoadOptions): Promise<Loaded> {
    const loaded = await load(this.#target, options);
    await this.#after();
    this.failed += loaded.failed;
    return loaded;
  }

  async saturate(seconds: number): Promise<void> {
    this.#rates.push((await this.round({ seconds, connections })).perSecond);
  }

  async door(seconds: number): Promise<Door> {
    const perSecond = spreadOf(this.#rates);
    const half = { seconds, connections, perSecond: perSecond.median / 2 };
    const { waits } = await this.round(half);
    return { perSecond, p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) };
  }
}

/** Measures accepting a 2 KB melding, routed to one target plus audit, against the floor; the two take turns. */
export const runAccept = async (
  servers: OwnServers,
  { rounds, seconds }: AcceptOptions,
): Promise<Accepted> => {
  const empty = (): Promise<void> => emptyAll(servers.managementUrl);
  const standing = await declare(servers, tenantYaml(tenant, 'http://127.0.0.1:9', 1));
  const started: Started[] = [];
  try {
    const gateway = await startBuilt('gateway/main.js', 'gateway', standing);
    started.push(gateway);
    const bare = await startBuilt('infra/bench/accept/floor.js', 'floor', standing);
    started.push(bare);
    const [floor, ours] = [bare, gateway].map((door) => new Measured(targetAt(door), empty));
    if (!floor || !ours) throw new Error('two doors are measured');
    for (const door of [floor, ours]) await door.round({ seconds: warmUpSeconds, connections });
    for (let round = 0; round < rounds; round++)
      for (const door of [floor, ours]) await door.saturate(seconds);
    const batches = new Measured(batchesAt(gateway), empty);
    const { perSecond } = await batches.round({ seconds, connections: 8 });
    return {
      floor: await floor.door(seconds),
      gateway: await ours.door(seconds),
      batched: perSecond * batchSize,
      failed: floor.failed + ours.failed + batches.failed,
    };
  } finally {
    await Promise.all(started.map(({ stop }) => stop()));
  }
};
