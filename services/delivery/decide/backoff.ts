const firstWaitMs = 1_000;
/** No wait is longer, whatever the other side asks. */
export const longestWaitMs = 3_600_000;
const jitter = 0.5;

/** A message is tried for at least this long before time is given up on. */
export const patienceMs = 24 * 3_600_000;

/** Attempts until the longest wait: a clock that jumps a day ahead does not use up the patience. */
export const fewestAttempts = 1 + Math.ceil(Math.log2(longestWaitMs / firstWaitMs));

const clamp = (waitMs: number): number =>
  Math.round(Math.min(longestWaitMs, Math.max(firstWaitMs, waitMs)));

/**
 * Wait after the `attempt`th failure (from 1): doubling from 1 s to 1 h, a quarter shorter or longer by `chance`
 * (0 to 1), and not before the moment the other side asked for, up to 1 h.
 */
export const backoffMs = (attempt: number, chance: number, retryAfterMs = 0): number => {
  const base = clamp(firstWaitMs * 2 ** (attempt - 1));
  return Math.max(clamp(base * (1 + jitter * (chance - 0.5))), clamp(retryAfterMs));
};
