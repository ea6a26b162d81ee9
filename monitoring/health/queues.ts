import { targetQueue } from '#bus/topology.js';
import type { Directory } from '#tenants/directory.js';
import type { QueueCounts } from '../gauges/queue-counts.js';
import { unknownQueue, type QueueFact } from './facts.js';

/** What lies in the queue of each line, by its name; those that could not be asked are unknown. */
export type Queues = (tenant: string, target: string) => QueueFact;

const namesIn = ({ tenants }: Directory): string[] =>
  [...tenants.values()].flatMap(({ id, connectors }) =>
    [...connectors.keys()].map((name) => targetQueue(id, name)),
  );

/** Counts what lies in the queues, and remembers since when one was never seen empty. */
export const watchQueues = (
  counts: QueueCounts,
  directory: () => Directory,
): (() => Promise<Queues>) => {
  let filledSince: ReadonlyMap<string, Date> = new Map();
  return async () => {
    const found = await counts(namesIn(directory()));
    const now = new Date();
    const filled = [...found].filter(([, messages]) => messages > 0);
    filledSince = new Map(filled.map(([queue]) => [queue, filledSince.get(queue) ?? now]));
    return (tenant, target) => {
      const queue = targetQueue(tenant, target);
      const messages = found.get(queue) ?? null;
      return { messages, since: filledSince.get(queue) ?? null };
    };
  };
};

/** Where the broker cannot be asked, nothing is known of any queue. */
export const unknownQueues: Queues = () => unknownQueue;
