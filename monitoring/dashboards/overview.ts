import type { Board } from './board.js';

const outOfTen = 'topk(10, ';

/** All tenants at once: what moves, what does not, and where to look first. */
export const overview: Board = {
  uid: 'lbbus-overview',
  title: 'LB-bus: overview',
  variables: [],
  rows: [
    {
      title: 'Now',
      panels: [
        {
          as: 'number',
          title: 'Accepted',
          description: 'Messages per second that entered the bus.',
          unit: 'ops',
          queries: [['sum(rate(lbbus_messages_accepted_total[5m]))', '']],
        },
        {
          as: 'number',
          title: 'Delivered',
          description: 'Deliveries per second.',
          unit: 'ops',
          queries: [['sum(lbbus:deliveries:rate5m{outcome="delivered"})', '']],
        },
        {
          as: 'number',
          title: 'Oldest message',
          description: 'Since when the oldest message of all tenants waits.',
          unit: 's',
          queries: [['max(lbbus:oldest_waiting_seconds:max) or vector(0)', '']],
        },
        {
          as: 'number',
          title: 'Parked',
          description: 'Messages that wait for an operator.',
          unit: 'short',
          queries: [['sum(lbbus:parked_messages:sum) or vector(0)', '']],
        },
        {
          as: 'number',
          title: 'Lines that stand still',
          description: 'Connectors of tenants that are held, or whose system cannot be reached.',
          unit: 'short',
          queries: [
            [
              'count(max by (tenant, connector) (lbbus_connection_state{state=~"held|unreachable"})) or vector(0)',
              '',
            ],
          ],
        },
        {
          as: 'number',
          title: 'Processes',
          description: 'Processes that answer Prometheus.',
          unit: 'short',
          queries: [['sum(up{job=~"lbbus-.+"})', '']],
        },
      ],
    },
    {
      title: 'What goes through',
      panels: [
        {
          as: 'curves',
          title: 'Deliveries by outcome',
          description: 'Ends of attempts per second.',
          unit: 'ops',
          queries: [['sum by (outcome) (lbbus:deliveries:rate5m)', '{{outcome}}']],
        },
        {
          as: 'curves',
          title: 'Delivered later than a minute',
          description: 'Share of the last hour by kind of connector; the objective allows 1 %.',
          unit: 'percentunit',
          queries: [['lbbus:delivered_late:ratio_rate1h', '{{connector}}']],
        },
      ],
    },
    {
      title: 'Where to look',
      panels: [
        {
          as: 'rows',
          title: 'Waits longest',
          description: 'Ten lines whose oldest message waits longest.',
          unit: 's',
          queries: [[`${outOfTen}lbbus:oldest_waiting_seconds:max)`, '']],
        },
        {
          as: 'rows',
          title: 'Most parked',
          description: 'Ten lines with most parked messages.',
          unit: 'short',
          queries: [[`${outOfTen}lbbus:parked_messages:sum)`, '']],
        },
        {
          as: 'rows',
          title: 'Longest queues',
          description: 'Ten lines with most messages in their queue.',
          unit: 'short',
          queries: [[`${outOfTen}lbbus:queue_messages:max)`, '']],
        },
        {
          as: 'rows',
          title: 'Ends first',
          description:
            'Time until a secret, certificate or credential ends; the ten that end first.',
          unit: 's',
          queries: [
            [
              'bottomk(10, min by (tenant, connector, kind) (lbbus_expiry_timestamp_seconds) - time())',
              '',
            ],
          ],
        },
      ],
    },
  ],
};
