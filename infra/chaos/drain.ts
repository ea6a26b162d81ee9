import { setTimeout as pause } from 'node:timers/promises';
import { stillUnderWay } from '#infra/load/bus-ledger.js';
import type { Pool } from 'pg';
import type { BreakableBroker } from './ground.js';

/** The management API counts every two seconds: what is empty three looks long is empty. */
const lookMs = 2_500;
const looks = 3;

interface QueueCount {
  readonly name: string;
  readonly messages?: number;
}

const askQueues = async (
  { login, ports }: BreakableBroker,
  node: number,
): Promise<QueueCount[]> => {
  const token = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  const address = `http://127.0.0.1:${ports[node]?.management ?? 0}/api/queues?columns=name,messages`;
  const response = await fetch(address, {
    headers: { authorization: `Basic ${token}` },
    signal: AbortSignal.timeout(10_000),
  });
  return (await response.json()) as QueueCount[];
};

/** Queues of the broker that hold something, in words. */
const heldIn = async (broker: BreakableBroker): Promise<string[]> =>
  (await askQueues(broker, 0))
    .filter(({ messages = 0 }) => messages > 0)
    .map(({ name, messages = 0 }) => `${messages} messages in the queue ${name}`);

/** Names of all queues. */
export const queueNames = async (broker: BreakableBroker): Promise<string[]> =>
  (await askQueues(broker, 0)).map(({ name }) => name);

/**
 * Waits until nothing is under way any more, neither in the database nor in a queue; answers what still is after
 * `patienceMs`, in words. `tell` hears what is still there at each look.
 */
export const drained = async (
  { database, broker }: { database: Pool; broker: BreakableBroker },
  patienceMs: number,
  tell: (left: readonly string[]) => void,
): Promise<string[]> => {
  const deadline = performance.now() + patienceMs;
  let left: string[] = [];
  for (let empty = 0; empty < looks; empty += 1) {
    left = await Promise.all([stillUnderWay(database), heldIn(broker)]).then(
      (found) => found.flat(),
      (error: unknown) => [`it cannot be asked: ${String(error)}`],
    );
    if (left.length > 0) {
      empty = -1;
      tell(left);
      if (performance.now() > deadline) return left;
    }
    await pause(lookMs);
  }
  return left;
};
