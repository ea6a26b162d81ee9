import type { Database, Scoped } from '#runtime/database.js';
import type { ConnectorInstance, Directory } from '#tenants/directory.js';
import type { QueueCounts } from '../gauges/queue-counts.js';
import { endingsOf, readEndings } from './endings.js';
import type { Ending, LineFacts } from './facts.js';
import { kept, keptBehind, shared, type Renewed } from './kept.js';
import { limits } from './limits.js';
import { unknownQueues, watchQueues, type Queues } from './queues.js';
import { lineKey, readStanding, type StandingLines } from './standing.js';
import { readDay, readHour, readUsual, trafficOf } from './traffic.js';

/** Long enough that a page of people who look costs what one costs, short enough for "now". */
const nowMs = 500;
const queuesMs = 5_000;
const hourMs = 5_000;
const dayMs = 60_000;
const usualMs = 300_000;

/** All that is known at one moment, by line. */
export interface Known {
  readonly of: (instance: ConnectorInstance) => LineFacts;
  /** What ends of a tenant itself and not of one of its lines. */
  readonly endingsOf: (tenant: string) => readonly Ending[];
  /** False while the broker cannot be asked what lies in its queues. */
  readonly queues: boolean;
}

export interface LinesOptions {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly counts: QueueCounts;
}

interface Readings {
  readonly standing: StandingLines;
  readonly traffic: ReturnType<typeof trafficOf>;
  readonly endings: ReturnType<typeof endingsOf>;
  readonly queues: Queues;
}

const knownOf = ({ standing, traffic, endings, queues }: Readings): Known => ({
  of: ({ tenant, name, enabled }) => {
    const key = lineKey(tenant, name);
    return {
      enabled,
      hold: standing.hold(key),
      circuit: standing.circuit(key),
      failedPoll: standing.failedPoll(key),
      standing: standing.standing(key),
      traffic: traffic(key),
      queue: queues(tenant, name),
      endings: endings(key),
    };
  },
  endingsOf: (tenant) => endings(lineKey(tenant, '')),
  queues: queues !== unknownQueues,
});

/** Reads what is known of all lines; renewed is what stands. What stands is of now; what is counted over an hour or a day is read less often. */
export const openLines = ({ database, directory, counts }: LinesOptions): Renewed<Known> => {
  const all =
    <T>(read: (trx: Scoped) => Promise<T>) =>
    (): Promise<T> =>
      database.scoped('*', read);
  const standing = kept(nowMs, all(readStanding));
  const hour = keptBehind(hourMs, all(readHour));
  const day = keptBehind(dayMs, all(readDay));
  const usual = keptBehind(usualMs, all(readUsual));
  const endings = keptBehind(
    dayMs,
    all((trx) => readEndings(trx, limits.endingMs)),
  );
  const watched = watchQueues(counts, directory);
  const queues = keptBehind(queuesMs, () => watched().catch(() => unknownQueues), {
    first: unknownQueues,
  });
  const known = shared(async () =>
    knownOf({
      standing: await standing(),
      traffic: trafficOf(await hour(), await day(), await usual()),
      endings: endingsOf(await endings(), directory()),
      queues: await queues(),
    }),
  );
  return Object.assign(known, { renewed: standing.renewed });
};
