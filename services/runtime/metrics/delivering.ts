import type { Making } from './registry.js';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const longSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600, 86_400];

/** What becomes of messages behind the door; the histograms carry no tenant, so that 300 tenants stay countable. */
export const deliveringMetrics = ({ counter, gauge, asked, histogram }: Making) => ({
  deliveries: counter('lbbus_deliveries_total', {
    help: 'Ends of delivery attempts: delivered, retry, rejected (parked), held or expired.',
    labelNames: ['tenant', 'connector', 'outcome'],
  }),
  deliveryDuration: histogram('lbbus_delivery_duration_seconds', {
    help: 'Time in the external system, per attempt; connector is the kind of connector.',
    labelNames: ['connector', 'operation'],
    buckets: seconds,
  }),
  criticalTime: histogram('lbbus_critical_time_seconds', {
    help: 'From accepted until delivered; connector is the kind of connector.',
    labelNames: ['connector'],
    buckets: longSeconds,
  }),
  externalRequests: counter('lbbus_external_requests_total', {
    help: 'Requests to external systems: ok (2xx), refused (3xx and 4xx), failed (5xx) or none (no answer).',
    labelNames: ['tenant', 'connector', 'status'],
  }),
  connectionState: gauge('lbbus_connection_state', {
    help: '1 for the state a connection is in: working, unreachable (its circuit is open) or held.',
    labelNames: ['tenant', 'connector', 'state'],
  }),
  oldestInHand: asked('lbbus_oldest_waiting_seconds', {
    help: 'Since when the oldest message of a target waits: at the head of its queue, or as a row.',
    labelNames: ['tenant', 'connector'],
  }),
  linesServed: gauge('lbbus_lines_served', {
    help: 'Lines that are the share of this process.',
    labelNames: [],
  }),
});
