import { sql } from 'kysely';
import { BrokerUnavailable } from '#bus/failures.js';
import { targetQueue } from '#bus/topology.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Database } from '#runtime/database.js';
import type { Log } from '#runtime/log.js';
import type { Metrics } from '#runtime/metrics.js';
import type { Directory } from '#tenants/directory.js';
import type { QueueCounts } from './queue-counts.js';

const everyMs = 15_000;

type Gauges = Pick<Metrics, 'queueMessages' | 'oldestWaiting' | 'parked'>;

export interface GaugeOptions {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly counts: QueueCounts;
  readonly metrics: Gauges;
  readonly log: Log;
}

interface WaitingRow {
  readonly tenant: string;
  readonly target: string;
  readonly state: 'parked' | 'waiting';
  readonly code: string;
  readonly count: number;
  readonly oldest_seconds: number;
}

const readWaiting = (database: Database): Promise<readonly WaitingRow[]> =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<WaitingRow>`
      select tenant, target,
        case when state = 'parked' then 'parked' else 'waiting' end as state,
        case when state = 'parked' then coalesce(code, 'unclassified') else '' end as code,
        count(*)::int as count,
        extract(epoch from clock_timestamp() - min(created_at))::float8 as oldest_seconds
      from delivery.waiting group by 1, 2, 3, 4`.execute(trx);
    return rows;
  });

const refreshQueues = async ({ directory, counts, metrics }: GaugeOptions): Promise<void> => {
  const lines = [...directory().tenants.values()].flatMap((tenant) =>
    [...tenant.connectors.keys()].map((name) => ({
      tenant: tenant.id,
      connector: name,
      queue: targetQueue(tenant.id, name),
    })),
  );
  const found = await counts(lines.map(({ queue }) => queue));
  metrics.queueMessages.reset();
  for (const { tenant, connector, queue } of lines)
    metrics.queueMessages.set({ tenant, connector }, found.get(queue) ?? 0);
};

const refreshWaiting = async ({ database, metrics }: GaugeOptions): Promise<void> => {
  const rows = await readWaiting(database);
  metrics.oldestWaiting.reset();
  metrics.parked.reset();
  for (const { tenant, target, state, code, count, oldest_seconds } of rows) {
    const line = { tenant, connector: target };
    if (state === 'parked') metrics.parked.set({ ...line, code }, count);
    else metrics.oldestWaiting.set(line, oldest_seconds);
  }
};

/** Sets the gauges to what is there now; what cannot be asked keeps its last value. The log says so, unless a dependency is away. */
export const refreshGauges = async (options: GaugeOptions): Promise<void> => {
  const outcomes = await Promise.allSettled([refreshQueues(options), refreshWaiting(options)]);
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    const told =
      outcome.reason instanceof DatabaseUnavailable || outcome.reason instanceof BrokerUnavailable;
    options.log[told ? 'debug' : 'warn'](
      { cause: String(outcome.reason) },
      'gauges keep their last value',
    );
  }
};

/** Refreshes the gauges every 15 s. Answers the way to stop. */
export const keepRefreshing = (options: GaugeOptions): (() => Promise<void>) => {
  let running = refreshGauges(options);
  const timer = setInterval(() => {
    running = running.then(() => refreshGauges(options));
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
};
