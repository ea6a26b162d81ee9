import type { Board, Query } from './board.js';

const own = '{connector="$connector"}';
const shares = [50, 95, 99] as const;

const quantiles = (metric: string): readonly Query[] =>
  shares.map((share) => [
    `histogram_quantile(${share / 100}, sum by (le) (rate(${metric}_bucket${own}[$__rate_interval])))`,
    `${share} %`,
  ]);

/** One connector over all tenants; an instance that has another name than its kind is found under both. */
export const connector: Board = {
  uid: 'lbbus-connector',
  title: 'LB-bus: one connector',
  variables: [
    {
      name: 'connector',
      label: 'Connector',
      series: '{__name__=~"lbbus_queue_messages|lbbus_critical_time_seconds_count"}',
    },
  ],
  rows: [
    {
      title: 'How quick',
      panels: [
        {
          as: 'curves',
          title: 'Critical time',
          description: 'From accepted until delivered, by kind of connector.',
          unit: 's',
          queries: quantiles('lbbus_critical_time_seconds'),
        },
        {
          as: 'curves',
          title: 'Time in the system',
          description: 'Per attempt, by kind of connector.',
          unit: 's',
          queries: quantiles('lbbus_delivery_duration_seconds'),
        },
        {
          as: 'curves',
          title: 'Delivered later than a minute',
          description: 'By window; the objective allows 1 %.',
          unit: 'percentunit',
          queries: [
            [`lbbus:delivered_late:ratio_rate5m${own}`, '5 minutes'],
            [`lbbus:delivered_late:ratio_rate1h${own}`, '1 hour'],
            [`lbbus:delivered_late:ratio_rate6h${own}`, '6 hours'],
            [`lbbus:delivered_late:ratio_rate3d${own}`, '3 days'],
          ],
        },
        {
          as: 'curves',
          title: 'Attempts by operation',
          description: 'Per second, by kind of connector.',
          unit: 'ops',
          queries: [
            [
              `sum by (operation) (rate(lbbus_delivery_duration_seconds_count${own}[$__rate_interval]))`,
              '{{operation}}',
            ],
          ],
        },
      ],
    },
    {
      title: 'Its instances',
      panels: [
        {
          as: 'curves',
          title: 'Deliveries by outcome',
          description: 'Ends of attempts per second, of the instances with this name.',
          unit: 'ops',
          queries: [[`sum by (outcome) (lbbus:deliveries:rate5m${own})`, '{{outcome}}']],
        },
        {
          as: 'curves',
          title: 'Requests by end',
          description: 'ok: 2xx; refused: 3xx and 4xx; failed: 5xx; none: no answer.',
          unit: 'ops',
          queries: [
            [
              `sum by (status) (rate(lbbus_external_requests_total${own}[$__rate_interval]))`,
              '{{status}}',
            ],
          ],
        },
        {
          as: 'curves',
          title: 'Oldest message by tenant',
          description: 'The ten that wait longest.',
          unit: 's',
          queries: [[`topk(10, lbbus:oldest_waiting_seconds:max${own})`, '{{tenant}}']],
        },
        {
          as: 'rows',
          title: 'Not working',
          description: 'Tenants whose instance is held or cannot be reached.',
          unit: 'short',
          queries: [
            [
              'max by (tenant, state) (lbbus_connection_state{connector="$connector",state=~"held|unreachable"})',
              '',
            ],
          ],
        },
      ],
    },
  ],
};
