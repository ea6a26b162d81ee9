import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 20;

/** How long to wait, and for what: the words of the error when it does not come. */
export interface Patience {
  readonly what: string;
  readonly timeoutMs?: number;
}

/**
 * Answers the first truthy value of `condition`, asked every 20 ms; throws after `timeoutMs` (30 s: a loaded machine is slow, and waiting costs nothing where it comes) with `what` and,
 * where `condition` threw, its last error as the cause.
 */
export const until = async <T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 30_000 }: Patience,
): Promise<NonNullable<T>> => {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await pause(pauseMs);
  } while (performance.now() < deadline);
  throw new Error(`not within ${timeoutMs} ms: ${what}`, { cause });
};
