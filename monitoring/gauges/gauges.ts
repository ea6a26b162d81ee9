import { BrokerUnavailable } from '#bus/failures.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Log } from '#runtime/log.js';
import type { MonitoringMetrics } from '#runtime/metrics.js';
import { refreshExpiry, type ExpiryGauges } from './expiry.js';
import { refreshBroker, refreshDatabase } from './ground.js';
import type { Management } from './management.js';
import { refreshQueues, refreshUnattended, type QueueGauges } from './queues.js';
import { refreshWaiting } from './waiting.js';

const everyMs = 15_000;

export interface GaugeOptions
  extends Omit<ExpiryGauges, 'metrics'>, Omit<QueueGauges, 'metrics' | 'management'> {
  readonly management: Management | null;
  readonly metrics: MonitoringMetrics;
  readonly log: Log;
}

/** Sets the gauges to what is there now; what cannot be asked keeps its last value. The log says so, unless a dependency is away. */
export const refreshGauges = async (options: GaugeOptions): Promise<void> => {
  const outcomes = await Promise.allSettled([
    refreshQueues(options),
    refreshUnattended(options),
    refreshWaiting(options),
    refreshExpiry(options),
    refreshDatabase(options),
    refreshBroker(options),
  ]);
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
