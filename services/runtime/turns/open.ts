import type { SharingMetrics } from '../metrics/sharing.js';
import { openLateness } from './lateness.js';
import { readLeastTurns } from './level.js';
import { Turns } from './turns.js';

/** The turns of this process, which its metrics tell of. */
export const openTurns = (
  { waitedTurns, turnsPerSecond }: SharingMetrics,
  env: NodeJS.ProcessEnv = process.env,
): Turns => {
  const turns = new Turns({
    leastPerSecond: readLeastTurns(env),
    lateness: openLateness(),
    held: (tenant) => waitedTurns.inc({ tenant }),
  });
  turnsPerSecond.from(() => [[{}, turns.level]]);
  return turns;
};
