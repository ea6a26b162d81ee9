import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import type { MonitoringMetrics } from '#runtime/metrics.js';
import type { ManagedNode, Management } from './management.js';

const orderStates = ['planned', 'running', 'paused'] as const;

type OrderState = (typeof orderStates)[number];

interface GroundRow {
  readonly bytes: number;
  readonly orders: Partial<Record<OrderState, number>>;
}

export interface DatabaseGauges {
  readonly database: Database;
  readonly metrics: Pick<MonitoringMetrics, 'databaseBytes' | 'replayOrders'>;
}

/** Shows how large the database is and which orders about parked messages have not ended. */
export const refreshDatabase = async ({ database, metrics }: DatabaseGauges): Promise<void> => {
  const found = await database.scoped('*', async (trx) => {
    const { rows } = await sql<GroundRow>`
      select pg_database_size(current_database())::float8 as bytes,
        coalesce((select jsonb_object_agg(state, count) from (
          select state, count(*)::int as count from delivery.parked_order
          where state in ('planned', 'running', 'paused') group by state) as counted), '{}') as orders`.execute(
      trx,
    );
    return rows[0];
  });
  if (!found) return;
  metrics.databaseBytes.set(found.bytes);
  for (const state of orderStates) metrics.replayOrders.set({ state }, found.orders[state] ?? 0);
};

export interface BrokerGauges {
  readonly management: Pick<Management, 'nodes'> | null;
  readonly metrics: Pick<
    MonitoringMetrics,
    'brokerUp' | 'brokerAlarm' | 'brokerUsed' | 'brokerLimit' | 'brokerDiskFree' | 'brokerDiskLimit'
  >;
}

const alarmsOf = ({ mem_alarm, disk_free_alarm, partitions = [] }: ManagedNode) =>
  [
    ['memory', mem_alarm === true],
    ['disk', disk_free_alarm === true],
    ['partition', partitions.length > 0],
  ] as const;

const resourcesOf = (node: ManagedNode) =>
  [
    ['memory_bytes', node.mem_used, node.mem_limit],
    ['file_descriptors', node.fd_used, node.fd_total],
    ['sockets', node.sockets_used, node.sockets_total],
    ['erlang_processes', node.proc_used, node.proc_total],
  ] as const;

type Labelled = Pick<BrokerGauges['metrics'], 'brokerDiskFree'>['brokerDiskFree'];

/** What a node does not say is not shown. */
const showWhere = (gauge: Labelled, node: string, value: number | undefined): void => {
  if (value !== undefined) gauge.set({ node }, value);
};

const showNode = (metrics: BrokerGauges['metrics'], managed: ManagedNode): void => {
  const node = managed.name;
  metrics.brokerUp.set({ node }, Number(managed.running));
  if (!managed.running) return;
  for (const [alarm, rings] of alarmsOf(managed))
    metrics.brokerAlarm.set({ node, alarm }, Number(rings));
  for (const [resource, used, limit] of resourcesOf(managed)) {
    if (used !== undefined) metrics.brokerUsed.set({ node, resource }, used);
    if (limit !== undefined) metrics.brokerLimit.set({ node, resource }, limit);
  }
  showWhere(metrics.brokerDiskFree, node, managed.disk_free);
  showWhere(metrics.brokerDiskLimit, node, managed.disk_free_limit);
};

/** Shows how the nodes of the broker are, where its management API can be asked. */
export const refreshBroker = async ({ management, metrics }: BrokerGauges): Promise<void> => {
  if (!management) return;
  const nodes = await management.nodes();
  const { brokerUp, brokerAlarm, brokerUsed, brokerLimit } = metrics;
  const { brokerDiskFree, brokerDiskLimit } = metrics;
  for (const gauge of [brokerUp, brokerAlarm, brokerUsed, brokerLimit]) gauge.reset();
  for (const gauge of [brokerDiskFree, brokerDiskLimit]) gauge.reset();
  for (const node of nodes) showNode(metrics, node);
};
