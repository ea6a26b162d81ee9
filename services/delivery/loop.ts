import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '#runtime/log.js';

/** Something that is done again and again. */
export interface Loop {
  /** Does it at once, or once more where it is being done. */
  readonly wake: () => void;
  /** Resolves when the last round has ended. */
  readonly stop: () => Promise<void>;
}

/** Does `round` every `everyMs` and whenever woken, never twice at the same time; a round that throws is logged. */
export const startLoop = (
  name: string,
  everyMs: number,
  round: () => Promise<void>,
  log: Pick<Log, 'warn'>,
): Loop => {
  const stopping = new AbortController();
  let waking = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      waking = new AbortController();
      const signal = AbortSignal.any([stopping.signal, waking.signal]);
      await round().catch((error: unknown) => {
        log.warn({ loop: name, err: error }, 'a round failed; the next follows');
      });
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    wake: () => waking.abort(),
    stop: () => {
      stopping.abort();
      return running;
    },
  };
};
