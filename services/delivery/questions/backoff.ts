const firstWaitMs = 250;
const longestWaitMs = 10_000;
const jitter = 0.5;

/** Wait before a question is asked again: somebody waits for it, so it begins short; not before the moment the other side asked for. */
export const questionBackoffMs = (attempt: number, chance: number, retryAfterMs = 0): number => {
  const base = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return Math.max(Math.round(base * (1 + jitter * (chance - 0.5))), retryAfterMs);
};
