import { setTimeout as pause } from 'node:timers/promises';

/** What was read and is still fresh enough. */
export type Kept<T> = () => Promise<T>;

/** What is kept, with a way to hear when it was read anew. */
export interface Renewed<T> extends Kept<T> {
  /** Resolves when a reading that begins after this call has ended well: as soon as the rest after the last one allows. */
  readonly renewed: () => Promise<void>;
}

/** A reading that is slow rests so many times as long as it took: PostgreSQL has other things to do. */
const restShare = 20;
const longestRestMs = 60_000;

const freshForMs = (forMs: number, tookMs: number): number =>
  Math.max(forMs, Math.min(longestRestMs, restShare * tookMs));

/**
 * Reads at most once in `forMs`, and rests longer where the reading was slow, and the one before as well: however many ask,
 * and however large the tables are, it costs the same, and one that had to wait for something else keeps nobody uninformed. Who asks while it is read waits for the same reading; one that fails is told to those who wait,
 * and tried again by the next.
 */
export const kept = <T>(forMs: number, read: () => Promise<T>): Renewed<T> => {
  let last: Promise<T> | null = null;
  let freshUntil = 0;
  let tookBeforeMs = 0;
  const get = (): Promise<T> => {
    if (last !== null && performance.now() < freshUntil) return last;
    const begun = performance.now();
    freshUntil = Infinity;
    last = read().then(
      (value) => {
        const now = performance.now();
        const tookMs = now - begun;
        freshUntil = now + freshForMs(forMs, Math.min(tookMs, tookBeforeMs));
        tookBeforeMs = tookMs;
        return value;
      },
      (error: unknown) => {
        freshUntil = 0;
        throw error;
      },
    );
    return last;
  };
  const renewed = async (): Promise<void> => {
    const before = last;
    await before;
    while (last === before) {
      await pause(Math.max(0, freshUntil - performance.now()), undefined, { ref: false });
      await get();
    }
    await last;
  };
  return Object.assign(get, { renewed });
};

/** What somebody gets who asks while a further reading runs. */
interface Behind<T> {
  /** Before the first reading has ended; without it that one is waited for. */
  readonly first?: T;
  /** How long a further reading is waited for; no time where it is left out. */
  readonly waitMs?: number;
}

/**
 * As `kept`, but nobody waits long for a second reading: who asks gets the last one while the next is read. Where that
 * fails the last one stays.
 */
export const keptBehind = <T>(
  forMs: number,
  read: () => Promise<T>,
  { first, waitMs = 0 }: Behind<T> = {},
): Renewed<T> => {
  let last: { readonly value: T } | null = first === undefined ? null : { value: first };
  const fresh = kept(forMs, async () => {
    const value = await read();
    last = { value };
    return value;
  });
  const get = async (): Promise<T> => {
    const reading = fresh();
    if (last === null) return reading;
    const ended = reading.then(
      () => undefined,
      () => undefined,
    );
    if (waitMs > 0) await Promise.race([ended, pause(waitMs, undefined, { ref: false })]);
    return last.value;
  };
  return Object.assign(get, { renewed: fresh.renewed });
};

/** One for all who ask at the same time; a reading of what is kept already needs no rest. */
export const shared = <T>(read: () => Promise<T>): Kept<T> => {
  let running: Promise<T> | null = null;
  return () =>
    (running ??= read().finally(() => {
      running = null;
    }));
};
