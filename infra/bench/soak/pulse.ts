import { setTimeout as pause } from 'node:timers/promises';

export interface Pulse {
  readonly perSecond: number;
  readonly signal: AbortSignal;
}

/** Acts that have not ended; when so many have not, no other begins. */
const mostUnderWay = 50;

/** Waits; false, at once, where the signal comes first. */
export const rest = (waitMs: number, signal: AbortSignal): Promise<boolean> =>
  pause(Math.max(0, waitMs), true, { signal }).catch(() => false);

/** Acts so many times a second, by the clock, until the signal; resolves when the last act has ended. `act` never throws. */
export const pulse = async (
  { perSecond, signal }: Pulse,
  act: () => Promise<void>,
): Promise<void> => {
  const underWay = new Set<Promise<void>>();
  const begunAt = performance.now();
  const untilNext = (count: number): Promise<boolean> =>
    rest(begunAt + (1_000 * count) / perSecond - performance.now(), signal);
  for (let count = 1; await untilNext(count); count += 1) {
    if (underWay.size >= mostUnderWay) continue;
    const one = act().finally(() => underWay.delete(one));
    underWay.add(one);
  }
  await Promise.all(underWay);
};
