import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { choice, curves, dashboard, rows } from './panels.js';

const own = '{tenant="$tenant"}';

/** One tenant: what comes in, what is refused, and each of its connectors. */
export const ofTenant = (): Dashboard =>
  dashboard('lbbus-tenant', 'LB-bus: one tenant')
    .withVariable(choice('tenant', 'Tenant', 'lbbus_queue_messages'))
    .withRow(new RowBuilder('At the door'))
    .withPanel(
      curves({
        title: 'Accepted by type',
        description: 'Messages per second.',
        unit: 'ops',
        queries: [
          [
            `sum by (type) (rate(lbbus_messages_accepted_total${own}[$__rate_interval]))`,
            '{{type}}',
          ],
        ],
      }),
    )
    .withPanel(
      curves({
        title: 'Refused by code',
        description: 'Messages per second; the problem codes explain each.',
        unit: 'ops',
        queries: [
          [
            `sum by (code) (rate(lbbus_messages_refused_total${own}[$__rate_interval]))`,
            '{{code}}',
          ],
        ],
      }),
    )
    .withRow(new RowBuilder('At its systems'))
    .withPanel(
      curves({
        title: 'Delivered',
        description: 'Deliveries per second, by connector.',
        unit: 'ops',
        queries: [
          [
            'sum by (connector) (lbbus:deliveries:rate5m{tenant="$tenant",outcome="delivered"})',
            '{{connector}}',
          ],
        ],
      }),
    )
    .withPanel(
      curves({
        title: 'Attempts that fail',
        description: 'Share of the attempts of the last hour.',
        unit: 'percentunit',
        queries: [[`lbbus:delivery_errors:ratio_rate1h${own}`, '{{connector}}']],
      }),
    )
    .withPanel(
      curves({
        title: 'Oldest message',
        description: 'Since when the oldest message waits, by connector.',
        unit: 's',
        queries: [[`lbbus:oldest_waiting_seconds:max${own}`, '{{connector}}']],
      }),
    )
    .withPanel(
      curves({
        title: 'In the queues',
        description: 'Messages by connector.',
        unit: 'short',
        queries: [[`lbbus:queue_messages:max${own}`, '{{connector}}']],
      }),
    )
    .withPanel(
      curves({
        title: 'Parked by code',
        description: 'Messages that wait for an operator.',
        unit: 'short',
        queries: [
          [`max by (connector, code) (lbbus_parked_messages${own})`, '{{connector}} {{code}}'],
        ],
      }),
    )
    .withPanel(
      rows({
        title: 'State of its connections',
        description: 'Working, unreachable or held.',
        unit: 'short',
        queries: [[`max by (connector, state) (lbbus_connection_state${own})`, '']],
      }),
    )
    .build();
