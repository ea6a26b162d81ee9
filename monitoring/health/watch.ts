import { randomUUID } from 'node:crypto';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Log } from '#runtime/log.js';
import type { Kind } from '../live/hint.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import type { Reach } from '../people/person.js';
import { kept, keptBehind, shared, type Kept } from './kept.js';
import { openLines, type LinesOptions } from './lines.js';
import { readMinutes } from './minutes.js';
import {
  figuresOf,
  overviewOf,
  tenantOverviewOf,
  type Figures,
  type Overview,
  type TenantOverview,
} from './overview.js';
import { readSince, remember } from './remember.js';
import { snapshotOf, type Snapshot } from './snapshot.js';

/** How often the lines are looked at while nobody does. */
const everyMs = 1_000;
const sinceMs = 500;
const minutesMs = 500;
/** Somebody heard that there is more: she waits for it, where it does not take long. */
const minutesWaitMs = 300;

export interface WatchOptions extends LinesOptions {
  /** Critical time that was agreed for 95 % of the messages. */
  readonly agreedMs: number;
  readonly log: Log;
}

/** How the lines are, for whoever asks, and a memory of when they became so. Each call throws what PostgreSQL throws. */
export interface HealthWatch {
  /** At most half a second old on a quiet database, however many ask. */
  readonly snapshot: Kept<Snapshot>;
  /** All tenants that are reached. */
  readonly overview: (reach: Reach) => Promise<Overview>;
  /** How much there is of everything. */
  readonly figures: (reach: Reach) => Promise<Figures>;
  /** One tenant, line by line. Throws `ProblemError` where there is none. */
  readonly tenant: (id: string) => Promise<TenantOverview>;
  /** Resolves once whoever asks for what is of the kind is told what was so at the time of this call, or later. */
  readonly renewed: (kind: Kind) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Runs `look` again and again, with a rest in between. Answers the way to stop. */
const keepLooking = (look: () => Promise<void>): (() => Promise<void>) => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void>;
  const begin = (): void => {
    looking = look().finally(() => {
      if (!stopped) timer = setTimeout(begin, everyMs);
    });
  };
  begin();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await looking;
  };
};

/** Looks at the lines from now on. */
export const watchHealth = (options: WatchOptions): HealthWatch => {
  const { database, directory, agreedMs, log } = options;
  const process = randomUUID();
  const known = openLines(options);
  const snapshot = shared(async () =>
    snapshotOf(directory(), await known(), { now: new Date(), agreedMs }),
  );
  const minutes = keptBehind(minutesMs, () => database.scoped('*', readMinutes), {
    waitMs: minutesWaitMs,
  });
  const since = kept(sinceMs, () => database.scoped('*', readSince));
  const look = async (): Promise<void> => {
    try {
      await remember(database, process, await snapshot());
    } catch (error) {
      const told = error instanceof DatabaseUnavailable;
      log[told ? 'debug' : 'warn']({ cause: String(error) }, 'the lines were not looked at');
    }
  };
  return {
    snapshot,
    overview: async (reach) => overviewOf(await snapshot(), await since(), reach),
    figures: async (reach) => figuresOf(await snapshot(), await minutes(), reach),
    tenant: async (id) => {
      const found = (await snapshot()).tenants.find(({ tenant }) => tenant.id === id);
      if (!found) throw new ProblemError('not-found', tell('tenant-unknown', { tenant: id }));
      return tenantOverviewOf(found, await since());
    },
    renewed: async (kind) => {
      // The minutes are read the slowest, and only the figures show them.
      const readings = kind === 'messages' ? [known, minutes] : [known, since];
      await Promise.all(readings.map((one) => one.renewed()));
    },
    stop: keepLooking(look),
  };
};
