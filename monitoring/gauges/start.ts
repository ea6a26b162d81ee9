import type { Bus } from '#bus/connection.js';
import type { Config } from '#runtime/config.js';
import type { Database } from '#runtime/database.js';
import type { Log } from '#runtime/log.js';
import type { MonitoringMetrics } from '#runtime/metrics.js';
import { tellDependencies } from '#runtime/metrics/living.js';
import type { Directory } from '#tenants/directory.js';
import { keepRefreshing } from './gauges.js';
import { openManagement } from './management.js';
import { countQueues, type QueueCounts } from './queue-counts.js';
import { readRoomGib } from './room.js';

export interface Watched {
  readonly config: Pick<Config, 'amqpUrl' | 'amqpManagementUrl'>;
  readonly bus: Bus;
  readonly database: Database;
  readonly directory: () => Directory;
  readonly metrics: MonitoringMetrics;
  readonly log: Log;
}

const bytesPerGib = 2 ** 30;

/** Begins to show how lines, broker and database are; `counts` answers how much lies in queues. Throws where the setting makes no sense. */
export const startGauges = (
  watched: Watched,
  env: Readonly<Record<string, string | undefined>>,
): { readonly counts: QueueCounts; readonly stop: () => Promise<void> } => {
  const { config, bus, database, metrics, log } = watched;
  const { amqpUrl, amqpManagementUrl } = config;
  const management = amqpManagementUrl === null ? null : openManagement(amqpManagementUrl, amqpUrl);
  const counts = countQueues({ bus, management, log });
  const roomGib = readRoomGib(env);
  if (roomGib !== null) metrics.databaseRoom.set(roomGib * bytesPerGib);
  tellDependencies(metrics.dependencies, { bus, database });
  return { counts, stop: keepRefreshing({ ...watched, counts, management }) };
};
