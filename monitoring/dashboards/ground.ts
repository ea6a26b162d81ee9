import type { Board } from './board.js';

const own = '{job=~"lbbus-.+",instance=~"$instance"}';

/** What the bus stands on: the broker, the database, the collector, and the processes themselves. */
export const ground: Board = {
  uid: 'lbbus-broker',
  title: 'LB-bus: broker, database and processes',
  variables: [{ name: 'instance', label: 'Process', series: 'up{job=~"lbbus-.+"}', many: true }],
  rows: [
    {
      title: 'Broker',
      panels: [
        {
          as: 'curves',
          title: 'Nodes and alarms',
          description: '1 where a node runs; 1 where an alarm rings.',
          unit: 'short',
          queries: [
            ['max by (node) (lbbus_broker_node_up)', '{{node}} runs'],
            ['max by (node, alarm) (lbbus_broker_alarm)', '{{node}} {{alarm}}'],
          ],
        },
        {
          as: 'curves',
          title: 'Room on its disk',
          description: 'Nobody can publish below the limit.',
          unit: 'bytes',
          queries: [
            ['min by (node) (lbbus_broker_disk_free_bytes)', '{{node}} free'],
            ['max by (node) (lbbus_broker_disk_limit_bytes)', '{{node}} limit'],
          ],
        },
        {
          as: 'curves',
          title: 'What it uses of what it may',
          description: 'Memory, file descriptors, sockets, Erlang processes.',
          unit: 'percentunit',
          queries: [
            [
              'max by (node, resource) (lbbus_broker_used) / max by (node, resource) (lbbus_broker_limit)',
              '{{node}} {{resource}}',
            ],
          ],
        },
        {
          as: 'curves',
          title: 'In all queues',
          description: 'Messages of the targets, audit records, and what nobody consumes.',
          unit: 'short',
          queries: [
            ['sum(lbbus:queue_messages:max)', 'targets'],
            ['max(lbbus_audit_queue_messages)', 'audit'],
            ['max(lbbus_aside_messages)', 'aside'],
            [
              'sum(max by (tenant, connector) (lbbus_queue_unattended_messages)) or vector(0)',
              'nobody consumes',
            ],
          ],
        },
      ],
    },
    {
      title: 'Database and collector',
      panels: [
        {
          as: 'curves',
          title: 'Size of the database',
          description: 'And the room it has, where LBBUS_DATABASE_ROOM_GIB says so.',
          unit: 'bytes',
          queries: [
            ['max(lbbus_database_bytes)', 'database'],
            ['min(lbbus_database_room_bytes)', 'room'],
          ],
        },
        {
          as: 'curves',
          title: 'Collector',
          description: 'Records stored per second, and how late they are.',
          unit: 'short',
          queries: [
            ['sum(rate(lbbus_audit_records_stored_total[$__rate_interval]))', 'records per second'],
            ['max(lbbus_audit_lag_seconds)', 'seconds late'],
          ],
        },
        {
          as: 'curves',
          title: 'Orders about parked messages',
          description: 'That have not ended.',
          unit: 'short',
          queries: [['max by (state) (lbbus_replay_orders)', '{{state}}']],
        },
        {
          as: 'curves',
          title: 'Failed sign-ins',
          description: 'At monitoring, per second.',
          unit: 'ops',
          queries: [['sum(rate(lbbus_sign_in_failures_total[$__rate_interval]))', 'failed']],
        },
      ],
    },
    {
      title: 'Processes',
      panels: [
        {
          as: 'curves',
          title: 'Processor',
          description: 'Cores in use.',
          unit: 'short',
          queries: [
            [`rate(process_cpu_seconds_total${own}[$__rate_interval])`, '{{job}} {{instance}}'],
          ],
        },
        {
          as: 'curves',
          title: 'Memory',
          description: 'Resident.',
          unit: 'bytes',
          queries: [[`process_resident_memory_bytes${own}`, '{{job}} {{instance}}']],
        },
        {
          as: 'curves',
          title: 'How late the event loop comes',
          description: '99 % come sooner.',
          unit: 's',
          queries: [[`nodejs_eventloop_lag_p99_seconds${own}`, '{{job}} {{instance}}']],
        },
        {
          as: 'curves',
          title: 'Lines served',
          description: 'Share of each process of delivery.',
          unit: 'short',
          queries: [['lbbus_lines_served{instance=~"$instance"}', '{{instance}}']],
        },
        {
          as: 'curves',
          title: 'Can work with broker and database',
          description: '0 where one is away.',
          unit: 'short',
          queries: [
            [
              `min by (job, instance, dependency) (lbbus_dependency_up${own})`,
              '{{job}} {{instance}} {{dependency}}',
            ],
          ],
        },
      ],
    },
  ],
};
