import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the event loop comes to what is due: because it does other things, or has no processor. */
export interface Lateness {
  /** On average, since it was asked last; 0 where nothing was measured. */
  readonly takeMs: () => number;
  readonly close: () => void;
}

const everyMs = 10;
const nsPerMs = 1e6;

/** Measures from now on. */
export const openLateness = (): Lateness => {
  const histogram = monitorEventLoopDelay({ resolution: everyMs });
  histogram.enable();
  return {
    takeMs: () => {
      const { count, mean } = histogram;
      histogram.reset();
      return count === 0 ? 0 : Math.max(0, mean / nsPerMs - everyMs);
    },
    close: () => void histogram.disable(),
  };
};
