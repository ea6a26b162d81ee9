const firstWaitMs = 2_000;
const longestWaitMs = 300_000;

/** When a replica last stepped aside from a queue, and when it may do so again. */
export interface Aside {
  readonly waitMs: number;
  readonly at: number;
}

/**
 * Steps aside now, at once the first time, and again after waits that double from 2 s to 5 min; begins anew where it has
 * not been needed for long. Null while it is to serve the queue. `now` in ms of any steady clock.
 */
export const asideAgain = (before: Aside | undefined, now: number): Aside | null => {
  if (!before || now - before.at > 2 * longestWaitMs) return { waitMs: firstWaitMs, at: now };
  if (now - before.at < before.waitMs) return null;
  return { waitMs: Math.min(longestWaitMs, 2 * before.waitMs), at: now };
};
