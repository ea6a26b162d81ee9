import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const longSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600, 86_400];

/**
 * The metrics of the bus: names and labels are fixed. No message ids, subjects or persons in labels;
 * histograms carry no tenant, so that 300 tenants stay countable.
 */
export const createMetrics = (options: { process: boolean } = { process: true }) => {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name, help, labelNames: [...labelNames], registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge<L>({ name, help, labelNames: [...labelNames], registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    shape: { labelNames: readonly L[]; buckets: number[] },
  ) => new Histogram<L>({ name, help, ...shape, labelNames: [...shape.labelNames], registers });

  return {
    registry,
    accepted: counter('lbbus_messages_accepted_total', 'Messages answered with 202, repeats too.', [
      'tenant',
      'type',
    ]),
    refused: counter('lbbus_messages_refused_total', 'Messages refused at the door.', [
      'tenant',
      'code',
    ]),
    deliveries: counter('lbbus_deliveries_total', 'Ends of delivery attempts.', [
      'tenant',
      'connector',
      'outcome',
    ]),
    deliveryDuration: histogram(
      'lbbus_delivery_duration_seconds',
      'Time in the external system, per attempt.',
      { labelNames: ['connector', 'operation'], buckets: seconds },
    ),
    criticalTime: histogram('lbbus_critical_time_seconds', 'From accepted until delivered.', {
      labelNames: ['connector'],
      buckets: longSeconds,
    }),
    queueMessages: gauge('lbbus_queue_messages', 'Messages in the queue of a target.', [
      'tenant',
      'connector',
    ]),
    oldestWaiting: gauge('lbbus_oldest_waiting_seconds', 'Age of the oldest waiting message.', [
      'tenant',
      'connector',
    ]),
    parked: gauge('lbbus_parked_messages', 'Parked messages.', ['tenant', 'connector', 'code']),
    connectionState: gauge('lbbus_connection_state', '1 for the state a connection is in.', [
      'tenant',
      'connector',
      'state',
    ]),
    linesServed: gauge('lbbus_lines_served', 'Lines that are the share of this replica.', []),
    externalRequests: counter('lbbus_external_requests_total', 'Requests to external systems.', [
      'tenant',
      'connector',
      'status',
    ]),
  };
};

export type Metrics = ReturnType<typeof createMetrics>;
