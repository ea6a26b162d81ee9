import type { Log } from '#runtime/log.js';
import type { Bus } from './connection.js';
import { QueueMismatch } from './failures.js';

/** Who needs one meanwhile waits for no more than these. */
const atOnce = 50;

/** The queues of a process stand before the first message comes; one that is missing all the same is made when it is needed. */
export class KeptQueues {
  readonly #bus: Pick<Bus, 'ensureQueues'>;
  readonly #log: Log;
  #made = new Set<string>();

  constructor(bus: Pick<Bus, 'ensureQueues'>, log: Log) {
    this.#bus = bus;
    this.#log = log;
  }

  /** Makes those that it was not asked for before: the queues of one tenant more do not wait for those of all others. */
  async keep(queues: readonly string[]): Promise<void> {
    const added = queues.filter((queue) => !this.#made.has(queue));
    this.#made = new Set(queues);
    for (let from = 0; from < added.length; from += atOnce) {
      const made = await this.#make(added.slice(from, from + atOnce));
      if (made) continue;
      for (const queue of added.slice(from)) this.#made.delete(queue);
      return;
    }
  }

  /** False where it is no use to go on: the broker is away. */
  async #make(queues: readonly string[]): Promise<boolean> {
    try {
      await this.#bus.ensureQueues(queues);
      return true;
    } catch (error) {
      const cause = String(error);
      this.#log.warn({ cause }, 'not all queues are made; each is when it is first needed');
      return error instanceof QueueMismatch;
    }
  }
}
