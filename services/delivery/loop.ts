import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Log } from '#runtime/log.js';

/** Something that is done again and again. */
export interface Loop {
  /** Does it at once, or once more where it is being done. */
  readonly wake: () => void;
  /** Resolves when the last round has ended. */
  readonly stop: () => Promise<void>;
}

/** How loud a failure is told: that PostgreSQL is away is told once, by the database. */
export const levelOf = (error: unknown): 'debug' | 'warn' =>
  error instanceof DatabaseUnavailable ? 'debug' : 'warn';

/** Does `round` every `everyMs` and whenever woken, never twice at the same time; a round that throws is logged. */
export const startLoop = (
  name: string,
  everyMs: number,
  round: () => Promise<void>,
  log: Pick<Log, 'warn' | 'debug'>,
): Loop => {
  let stopped = false;
  const isStopped = (): boolean => stopped;
  let resting = new AbortController();
  const run = async (): Promise<void> => {
    do {
      resting = new AbortController();
      const { signal } = resting;
      await round().catch((error: unknown) => {
        log[levelOf(error)]({ loop: name, err: error }, 'a round failed; the next follows');
      });
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    } while (!isStopped());
  };
  const running = run();
  return {
    wake: () => resting.abort(),
    stop: () => {
      stopped = true;
      resting.abort();
      return running;
    },
  };
};
