import type { Bus } from '#bus/connection.js';
import type { Log } from '#runtime/log.js';
import type { Management } from './management.js';

/** Messages per queue, by name; a queue that does not exist is not in it. */
export type QueueCounts = (queues: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/** Asks the broker itself: what is ready, exact at once. */
export const countByBroker =
  (bus: Pick<Bus, 'countMessages'>): QueueCounts =>
  async (queues) => {
    const counts = await bus.countMessages(queues);
    return new Map(
      [...counts].flatMap(([queue, count]) => (count === null ? [] : [[queue, count]])),
    );
  };

/** Asks the management API: with what consumers hold, some seconds old. */
export const countByManagement =
  (management: Pick<Management, 'queues'>): QueueCounts =>
  async (queues) => {
    const wanted = new Set(queues);
    return new Map(
      (await management.queues()).flatMap(({ name, messages }) =>
        wanted.has(name) ? [[name, messages ?? 0]] : [],
      ),
    );
  };

/** The management API where there is one and it answers, else the broker. */
export const countQueues = (options: {
  readonly bus: Pick<Bus, 'countMessages'>;
  readonly management: Pick<Management, 'queues'> | null;
  readonly log: Pick<Log, 'warn'>;
}): QueueCounts => {
  const { bus, management, log } = options;
  const byBroker = countByBroker(bus);
  if (management === null) return byBroker;
  const byManagement = countByManagement(management);
  return (queues) =>
    byManagement(queues).catch((error: unknown) => {
      log.warn({ cause: String(error) }, 'queues counted at the broker: the management API fails');
      return byBroker(queues);
    });
};
