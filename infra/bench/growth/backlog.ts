import { setTimeout as pause } from 'node:timers/promises';
import { busTarget } from '../flow.js';
import { load } from '../load.js';
import type { Ground } from './growth.js';

/** A backlog that delivery found, and what monitoring had to write of it. */
export interface Drained {
  readonly messages: number;
  /** Taken by the systems per second, once delivery was ready. */
  readonly perSecond: number;
  /** Messages per second that monitoring wrote, once it was ready. */
  readonly collectedPerSecond: number;
  /** On disk, of tables and their indexes. */
  readonly bytesPerMessage: number;
}

const batchSize = 50;
const connections = 4;
const stillMs = 120_000;
const lookMs = 20;
const tellMs = 5_000;

const storedBytes = `select sum(pg_total_relation_size(c.oid)) from pg_class c
  join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'monitoring' and c.relkind = 'r'`;

/** Seconds until the count is reached. Throws where it stands still for two minutes. */
const secondsUntil = async (
  { print }: Ground,
  goal: number,
  count: () => number | Promise<number>,
): Promise<number> => {
  const begunAt = performance.now();
  let [seen, seenAt, toldAt] = [0, begunAt, begunAt];
  for (let now = await count(); now < goal; now = await count()) {
    if (now > seen) [seen, seenAt] = [now, performance.now()];
    if (performance.now() - seenAt > stillMs) throw new Error(`it stands still at ${now}`);
    if (performance.now() - toldAt > tellMs) {
      print(`    ${goal - now} left`);
      toldAt = performance.now();
    }
    await pause(lookMs);
  }
  return (performance.now() - begunAt) / 1_000;
};

/** The door is sent so many messages, in batches; answers how many it took: of those that are too many at once it refuses some. */
const fill = async ({ bus, tenants }: Ground, messages: number): Promise<number> => {
  const [door = ''] = bus.doors;
  const target = busTarget(tenants.map((tenant) => ({ tenant, door })));
  let taken = 0;
  const batches = {
    ...target,
    next: () => {
      const first = target.next();
      const rest = Array.from({ length: batchSize - 1 }, target.turn().next);
      return `[${[first, ...rest].join(',')}]`;
    },
    turn: () => {
      const { url, headers } = target.turn();
      return { url, headers: { ...headers, 'content-type': 'application/cloudevents-batch+json' } };
    },
    expected: 207,
    isGood: (answer: string) => {
      taken += [...answer.matchAll(/"status":202/g)].length;
      return true;
    },
  };
  const most = Math.ceil(messages / batchSize);
  const { failed } = await load(batches, { seconds: Infinity, connections, most });
  if (failed > 0) throw new Error(`${failed} batches were not answered`);
  return taken;
};

/** Delivery and monitoring are away while the door takes messages; then delivery comes back, and then monitoring. */
export const drain = async (ground: Ground, wished: number): Promise<Drained> => {
  const { bus, system, print } = ground;
  const [stored, collected] = [await bus.numberOf(storedBytes), await bus.collected()];
  const taken = system.taken.size;
  await bus.stop('delivery-1', 'monitoring-1');
  print(`    a backlog of ${wished} messages`);
  const messages = await fill(ground, wished);
  await bus.start('delivery');
  const seconds = await secondsUntil(ground, taken + messages, () => system.taken.size);
  print('    monitoring comes back');
  await bus.start('monitoring');
  const collecting = await secondsUntil(ground, collected + messages, () => bus.collected());
  return {
    messages,
    perSecond: messages / seconds,
    collectedPerSecond: messages / collecting,
    bytesPerMessage: ((await bus.numberOf(storedBytes)) - stored) / messages,
  };
};
