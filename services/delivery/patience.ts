import { setTimeout as pause } from 'node:timers/promises';
import { BrokerUnavailable, Refused, Unroutable } from '#bus/failures.js';
import { Refusal } from '#intake/refusal.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Log } from '#runtime/log.js';

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** PostgreSQL cannot answer now; later it can. */
export const isDatabaseAway = (error: unknown): boolean => error instanceof DatabaseUnavailable;

/** The broker cannot take it now; later it can. */
export const isBrokerAway = (error: unknown): boolean =>
  error instanceof BrokerUnavailable ||
  error instanceof Refused ||
  error instanceof Unroutable ||
  (error instanceof Refusal && error.code === 'broker-unavailable');

/** The process stops; what was in hand comes again, here or elsewhere. */
export class Stopping extends Error {
  constructor() {
    super('the process stops: what is in hand comes again');
    this.name = 'Stopping';
  }
}

/** Runs `work` again while PostgreSQL or the broker is away; throws `Stopping` where the process stops before. */
export type Patiently = <T>(what: string, work: () => Promise<T>) => Promise<T>;

export const createPatience =
  ({ stopping, log }: { stopping: AbortSignal; log: Pick<Log, 'debug'> }): Patiently =>
  async (what, work) => {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseAway(error) && !isBrokerAway(error)) throw error;
        if (stopping.aborted) throw new Stopping();
        // That PostgreSQL or the broker is away is told once, by whoever holds the line to it.
        log.debug({ what, cause: String(error) }, 'waits');
        await pause(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
      }
    }
  };
