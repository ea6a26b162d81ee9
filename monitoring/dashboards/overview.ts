import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { curves, dashboard, number, rows } from './panels.js';

const outOfTen = 'topk(10, ';

/** All tenants at once: what moves, what does not, and where to look first. */
export const overview = (): Dashboard =>
  dashboard('lbbus-overview', 'LB-bus: overview')
    .withPanel(
      number({
        title: 'Accepted',
        description: 'Messages per second that entered the bus.',
        unit: 'ops',
        queries: [['sum(rate(lbbus_messages_accepted_total[5m]))', '']],
      }),
    )
    .withPanel(
      number({
        title: 'Delivered',
        description: 'Deliveries per second.',
        unit: 'ops',
        queries: [['sum(lbbus:deliveries:rate5m{outcome="delivered"})', '']],
      }),
    )
    .withPanel(
      number({
        title: 'Oldest message',
        description: 'Since when the oldest message of all tenants waits.',
        unit: 's',
        queries: [['max(lbbus:oldest_waiting_seconds:max) or vector(0)', '']],
      }),
    )
    .withPanel(
      number({
        title: 'Parked',
        description: 'Messages that wait for an operator.',
        unit: 'short',
        queries: [['sum(lbbus:parked_messages:sum) or vector(0)', '']],
      }),
    )
    .withPanel(
      number({
        title: 'Lines that stand still',
        description: 'Connectors of tenants that are held, or whose system cannot be reached.',
        unit: 'short',
        queries: [
          [
            'count(max by (tenant, connector) (lbbus_connection_state{state=~"held|unreachable"})) or vector(0)',
            '',
          ],
        ],
      }),
    )
    .withPanel(
      number({
        title: 'Processes',
        description: 'Processes that answer Prometheus.',
        unit: 'short',
        queries: [['sum(up{job=~"lbbus-.+"})', '']],
      }),
    )
    .withRow(new RowBuilder('What goes through'))
    .withPanel(
      curves({
        title: 'Deliveries by outcome',
        description: 'Ends of attempts per second.',
        unit: 'ops',
        queries: [['sum by (outcome) (lbbus:deliveries:rate5m)', '{{outcome}}']],
      }),
    )
    .withPanel(
      curves({
        title: 'Delivered later than a minute',
        description: 'Share of the last hour by kind of connector; the objective allows 1 %.',
        unit: 'percentunit',
        queries: [['lbbus:delivered_late:ratio_rate1h', '{{connector}}']],
      }),
    )
    .withRow(new RowBuilder('Where to look'))
    .withPanel(
      rows({
        title: 'Waits longest',
        description: 'Ten lines whose oldest message waits longest.',
        unit: 's',
        queries: [[`${outOfTen}lbbus:oldest_waiting_seconds:max)`, '']],
      }),
    )
    .withPanel(
      rows({
        title: 'Most parked',
        description: 'Ten lines with most parked messages.',
        unit: 'short',
        queries: [[`${outOfTen}lbbus:parked_messages:sum)`, '']],
      }),
    )
    .withPanel(
      rows({
        title: 'Longest queues',
        description: 'Ten lines with most messages in their queue.',
        unit: 'short',
        queries: [[`${outOfTen}lbbus:queue_messages:max)`, '']],
      }),
    )
    .withPanel(
      rows({
        title: 'Ends first',
        description: 'Time until a secret, certificate or credential ends; the ten that end first.',
        unit: 's',
        queries: [
          [
            'bottomk(10, min by (tenant, connector, kind) (lbbus_expiry_timestamp_seconds) - time())',
            '',
          ],
        ],
      }),
    )
    .build();
