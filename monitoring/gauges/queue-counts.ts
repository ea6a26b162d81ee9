import { virtualHostOf } from '#bus/addresses.js';
import type { Bus } from '#bus/connection.js';
import type { Log } from '#runtime/log.js';

const timeoutMs = 5_000;

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

interface ManagedQueue {
  readonly name: string;
  readonly messages?: number;
}

/** Asks the management API: with what consumers hold, some seconds old. `amqpUrl` names the virtual host. */
export const countByManagement =
  (managementUrl: string, amqpUrl: string): QueueCounts =>
  async (queues) => {
    const { origin, username, password } = new URL(managementUrl);
    const vhost = virtualHostOf(amqpUrl);
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const response = await fetch(
      `${origin}/api/queues/${encodeURIComponent(vhost)}?columns=name,messages`,
      {
        headers: { authorization: `Basic ${Buffer.from(login).toString('base64')}` },
        signal: AbortSignal.timeout(timeoutMs),
      },
    );
    if (!response.ok) throw new Error(`the management API answered ${response.status}`);
    const all = (await response.json()) as readonly ManagedQueue[];
    const wanted = new Set(queues);
    return new Map(
      all.flatMap(({ name, messages }) => (wanted.has(name) ? [[name, messages ?? 0]] : [])),
    );
  };

/** The management API where there is one and it answers, else the broker. */
export const countQueues = (options: {
  readonly bus: Pick<Bus, 'countMessages'>;
  readonly amqpUrl: string;
  readonly managementUrl: string | null;
  readonly log: Log;
}): QueueCounts => {
  const { bus, amqpUrl, managementUrl, log } = options;
  const byBroker = countByBroker(bus);
  if (managementUrl === null) return byBroker;
  const byManagement = countByManagement(managementUrl, amqpUrl);
  return (queues) =>
    byManagement(queues).catch((error: unknown) => {
      log.warn({ cause: String(error) }, 'queues counted at the broker: the management API fails');
      return byBroker(queues);
    });
};
