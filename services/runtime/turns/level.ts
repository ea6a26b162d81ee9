/** What was measured since the level was set last. */
interface Measured {
  /** How late the event loop came to what was due, on average. */
  readonly lateMs: number;
  /** What the tenant that began most began. */
  readonly mostPerSecond: number;
}

/** Later than this, and those who ask for little wait for those who ask for much. */
const wellMs = 1;
/** Whatever the processor does, this much each tenant may begin; as long as `LBBUS_LEAST_TURNS_PER_SECOND` says nothing else. */
export const usualLeast = 10;
/** As good as no limit. */
export const freePerSecond = 2_000;
const sharpest = 0.6;
const growth = 1.02;
const growthPerSecond = 0.2;

/**
 * How many messages per second each tenant may begin from now on: the level is the same for all, so that only those above it
 * are slowed. It falls at once from what the busiest tenant does, and rises slowly again.
 */
export const nextLevel = (
  level: number,
  { lateMs, mostPerSecond }: Measured,
  leastPerSecond: number,
): number => {
  if (lateMs <= wellMs) return Math.min(freePerSecond, level * growth + growthPerSecond);
  const factor = Math.max(sharpest, wellMs / lateMs);
  return Math.max(leastPerSecond, Math.min(level, mostPerSecond) * factor);
};

/** Below which the level never falls, from `LBBUS_LEAST_TURNS_PER_SECOND`; with `freePerSecond` nobody ever waits. Throws for another value. */
export const readLeastTurns = (env: Readonly<Record<string, string | undefined>>): number => {
  const text = env['LBBUS_LEAST_TURNS_PER_SECOND'];
  if (text === undefined || text === '') return usualLeast;
  const least = Number(text);
  if (Number.isInteger(least) && least >= 1 && least <= freePerSecond) return least;
  throw new Error(
    `LBBUS_LEAST_TURNS_PER_SECOND="${text}" is not a whole number from 1 to ${freePerSecond}`,
  );
};
