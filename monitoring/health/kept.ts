/** What was read and is still fresh enough; whoever asks while it is read waits for the same reading. */
export type Kept<T> = () => Promise<T>;

/** A reading that loads PostgreSQL for a tenth of the time at most. */
const share = 10;

/**
 * Reads at most once in `forMs`, and rests ten times as long as the reading took: however many ask, and however large the
 * tables are, PostgreSQL has other things to do. A reading that fails is told to those who wait, and tried again by the next.
 */
export const kept = <T>(forMs: number, read: () => Promise<T>): Kept<T> => {
  let last: Promise<T> | null = null;
  let freshUntil = 0;
  return () => {
    if (last !== null && performance.now() < freshUntil) return last;
    const begun = performance.now();
    freshUntil = Infinity;
    last = read().then(
      (value) => {
        const now = performance.now();
        freshUntil = now + Math.max(forMs, share * (now - begun));
        return value;
      },
      (error: unknown) => {
        freshUntil = 0;
        throw error;
      },
    );
    return last;
  };
};
