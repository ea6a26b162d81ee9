import type { Making } from './registry.js';

/** What enters the bus, and what does not: at the door, and through the sources of connectors. */
export const enteringMetrics = ({ counter }: Making) => ({
  accepted: counter('lbbus_messages_accepted_total', {
    help: 'Messages that entered the bus: answered with 202, repeats too, or brought in by a connector.',
    labelNames: ['tenant', 'type'],
  }),
  refused: counter('lbbus_messages_refused_total', {
    help: 'Messages and calls that were refused; tenant is empty where nobody could be recognised.',
    labelNames: ['tenant', 'code'],
  }),
});
