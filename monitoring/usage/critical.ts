/** Upper bounds of the classes in which critical time is counted, in ms, as `monitoring.critical_bounds()` has them. */
export const criticalBounds: readonly number[] = Array.from({ length: 29 }, (_, n) =>
  Math.round(100 * 10 ** (n / 4)),
);

/** How many were delivered in each class of critical time, by its number. */
export type CriticalCounts = ReadonlyMap<number, number>;

/** Where in a class the share lies, as if it were filled evenly; the last class has no end, so it tells its beginning. */
const within = (number: number, share: number): number => {
  const from = criticalBounds[number - 1] ?? 0;
  const to = criticalBounds[number] ?? from;
  return Math.round(from + (to - from) * share);
};

/**
 * The time within which that share was delivered, from the counts per class: right to within the class, a factor 1.8. Null where
 * nothing was delivered.
 */
export const criticalPercentile = (counts: CriticalCounts, share: number): number | null => {
  const filled = [...counts].filter(([, count]) => count > 0).sort(([one], [other]) => one - other);
  const total = filled.reduce((sum, [, count]) => sum + count, 0);
  let left = share * total;
  for (const [number, count] of filled) {
    if (left <= count) return within(number, left / count);
    left -= count;
  }
  const last = filled.at(-1);
  return last ? within(last[0], 1) : null;
};

/** All of them together. */
export const addedCounts = (all: readonly CriticalCounts[]): CriticalCounts => {
  const sum = new Map<number, number>();
  for (const counts of all)
    for (const [number, count] of counts) sum.set(number, (sum.get(number) ?? 0) + count);
  return sum;
};
