import type { Board } from './board.js';

const own = '{tenant="$tenant"}';

/** One tenant: what comes in, what is refused, and each of its connectors. */
export const tenant: Board = {
  uid: 'lbbus-tenant',
  title: 'LB-bus: one tenant',
  variables: [{ name: 'tenant', label: 'Tenant', series: 'lbbus_queue_messages' }],
  rows: [
    {
      title: 'At the door',
      panels: [
        {
          as: 'curves',
          title: 'Accepted by type',
          description: 'Messages per second.',
          unit: 'ops',
          queries: [
            [
              `sum by (type) (rate(lbbus_messages_accepted_total${own}[$__rate_interval]))`,
              '{{type}}',
            ],
          ],
        },
        {
          as: 'curves',
          title: 'Refused by code',
          description: 'Messages per second; the problem codes explain each.',
          unit: 'ops',
          queries: [
            [
              `sum by (code) (rate(lbbus_messages_refused_total${own}[$__rate_interval]))`,
              '{{code}}',
            ],
          ],
        },
      ],
    },
    {
      title: 'At its systems',
      panels: [
        {
          as: 'curves',
          title: 'Delivered',
          description: 'Deliveries per second, by connector.',
          unit: 'ops',
          queries: [
            [
              'sum by (connector) (lbbus:deliveries:rate5m{tenant="$tenant",outcome="delivered"})',
              '{{connector}}',
            ],
          ],
        },
        {
          as: 'curves',
          title: 'Attempts that fail',
          description: 'Share of the attempts of the last hour.',
          unit: 'percentunit',
          queries: [[`lbbus:delivery_errors:ratio_rate1h${own}`, '{{connector}}']],
        },
        {
          as: 'curves',
          title: 'Oldest message',
          description: 'Since when the oldest message waits, by connector.',
          unit: 's',
          queries: [[`lbbus:oldest_waiting_seconds:max${own}`, '{{connector}}']],
        },
        {
          as: 'curves',
          title: 'In the queues',
          description: 'Messages by connector.',
          unit: 'short',
          queries: [[`lbbus:queue_messages:max${own}`, '{{connector}}']],
        },
        {
          as: 'curves',
          title: 'Parked by code',
          description: 'Messages that wait for an operator.',
          unit: 'short',
          queries: [
            [`max by (connector, code) (lbbus_parked_messages${own})`, '{{connector}} {{code}}'],
          ],
        },
        {
          as: 'rows',
          title: 'State of its connections',
          description: 'Working, unreachable or held.',
          unit: 'short',
          queries: [[`max by (connector, state) (lbbus_connection_state${own})`, '']],
        },
      ],
    },
  ],
};
