import { randomUUID } from 'node:crypto';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Log } from '#runtime/log.js';
import { kept, type Kept } from './kept.js';
import { openLines, type LinesOptions } from './lines.js';
import { remember } from './remember.js';
import { snapshotOf, type Snapshot } from './snapshot.js';

/** How often the lines are looked at while nobody does. */
const everyMs = 1_000;
const snapshotMs = 500;

export interface WatchOptions extends LinesOptions {
  /** Critical time that was agreed for 95 % of the messages. */
  readonly agreedMs: number;
  readonly log: Log;
}

/** How the lines are, for whoever asks, and a memory of when they became so. */
export interface HealthWatch {
  /** At most half a second old on a quiet database, however many ask. Throws what PostgreSQL throws. */
  readonly snapshot: Kept<Snapshot>;
  readonly stop: () => Promise<void>;
}

/** Looks at the lines from now on. */
export const watchHealth = (options: WatchOptions): HealthWatch => {
  const { database, directory, agreedMs, log } = options;
  const process = randomUUID();
  const known = openLines(options);
  const snapshot = kept(snapshotMs, async () =>
    snapshotOf(directory(), await known(), { now: new Date(), agreedMs }),
  );
  const look = async (): Promise<void> => {
    try {
      await remember(database, process, await snapshot());
    } catch (error) {
      const told = error instanceof DatabaseUnavailable;
      log[told ? 'debug' : 'warn']({ cause: String(error) }, 'the lines were not looked at');
    }
  };
  let looking = look();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look().finally(again);
    }, everyMs);
  };
  void looking.finally(again);
  return {
    snapshot,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
};
