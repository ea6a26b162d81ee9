/** What was measured since the level was set last. */
interface Measured {
  /** How late the event loop came to what was due, on average. */
  readonly lateMs: number;
  /** What the tenant that began most began. */
  readonly mostPerSecond: number;
  /** What is usual for one tenant to begin, as `usualPerSecond` tells. */
  readonly usualPerSecond: number;
  /** Somebody waited for a turn. */
  readonly held: boolean;
  /** Since the process was too late last. */
  readonly calmMs: number;
}

const wellMs = 1;
/** Whatever the processor does, this much each tenant may begin; as long as `LBBUS_LEAST_TURNS_PER_SECOND` says nothing else. */
export const usualLeast = 8;
/** Who asks for less than so many times what is usual does not stand out, however late the process is. */
const timesUsual = 3;
/** As good as no limit. */
export const freePerSecond = 2_000;
/** Where nobody wants more: what then comes all at once shows what can be carried before all of it is under way. */
export const restPerSecond = 60;
const sharpest = 0.6;
/** Where the process is not late at all; the later, the less. Soon after it was too late a small step may be too much again. */
const growth = { soon: 0.005, calm: 0.01 } as const;
const soonMs = 5_000;
const growthPerSecond = 0.2;
const shrinking = 0.995;

/** Whether those who ask for little wait for those who ask for much. */
export const isLate = (lateMs: number): boolean => lateMs > wellMs;

/** What the busiest of the quietest quarter begins; 0 where nobody is there. */
export const usualPerSecond = (perSecond: readonly number[]): number =>
  perSecond.toSorted((a, b) => a - b)[Math.floor((perSecond.length - 1) / 4)] ?? 0;

/**
 * How many messages per second each tenant may begin from now on: the level is the same for all, so that only those above it
 * are slowed. It falls at once from what the busiest tenant does, and rises as long as somebody waits for more; nobody has shown
 * that what nobody asked for can be carried.
 */
export const nextLevel = (level: number, measured: Measured, leastPerSecond: number): number => {
  const usual = Math.min(freePerSecond, timesUsual * measured.usualPerSecond);
  const least = Math.max(leastPerSecond, usual);
  return Math.max(least, levelAfter(level, measured, Math.max(least, restPerSecond)));
};

const levelAfter = (
  level: number,
  { lateMs, mostPerSecond, held, calmMs }: Measured,
  rest: number,
): number => {
  if (isLate(lateMs)) return Math.min(level, mostPerSecond) * Math.max(sharpest, wellMs / lateMs);
  if (!held && level > rest) return Math.max(rest, level * shrinking);
  const fastest = growth[calmMs < soonMs ? 'soon' : 'calm'];
  const grown = level * (1 + fastest * (1 - lateMs / wellMs)) + growthPerSecond;
  return Math.min(held ? freePerSecond : rest, grown);
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
