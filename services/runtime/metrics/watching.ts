import type { Making } from './registry.js';

/** How the lines stand, as the tables and the broker tell it. */
const lineMetrics = ({ gauge }: Making) => ({
  queueMessages: gauge('lbbus_queue_messages', {
    help: 'Messages in the queue of a target.',
    labelNames: ['tenant', 'connector'],
  }),
  unattended: gauge('lbbus_queue_unattended_messages', {
    help: 'Messages in the queues of a target that nobody consumes; none where somebody does.',
    labelNames: ['tenant', 'connector'],
  }),
  oldestWaiting: gauge('lbbus_oldest_waiting_seconds', {
    help: 'Since when the oldest message of a target waits: at the head of its queue, or as a row.',
    labelNames: ['tenant', 'connector'],
  }),
  parked: gauge('lbbus_parked_messages', {
    help: 'Parked messages, by the two most frequent codes of a target; other holds the rest where there are more.',
    labelNames: ['tenant', 'connector', 'code'],
  }),
  expiry: gauge('lbbus_expiry_timestamp_seconds', {
    help: 'When the first secret, certificate or credential ends; connector is empty for a credential.',
    labelNames: ['tenant', 'connector', 'kind'],
  }),
});

/** What is stored of messages, and what is set aside. */
const recordMetrics = ({ counter, gauge, asked }: Making) => ({
  recordsStored: counter('lbbus_audit_records_stored_total', {
    help: 'Audit records that the collector stored.',
    labelNames: [],
  }),
  auditLag: asked('lbbus_audit_lag_seconds', {
    help: 'Age of the oldest audit record that the collector has in hand.',
    labelNames: [],
  }),
  auditQueue: gauge('lbbus_audit_queue_messages', {
    help: 'Messages in the queue of audit records; one bears one or several of them.',
    labelNames: [],
  }),
  aside: gauge('lbbus_aside_messages', {
    help: 'What could not be read, and lies aside for an operator.',
    labelNames: [],
  }),
  replayOrders: gauge('lbbus_replay_orders', {
    help: 'Orders about parked messages that have not ended: planned, running or paused.',
    labelNames: ['state'],
  }),
  signInFailures: counter('lbbus_sign_in_failures_total', {
    help: 'Calls of the operators API and sign-ins to the console that were not let in.',
    labelNames: [],
  }),
});

/** What the bus stands on. */
const groundMetrics = ({ gauge }: Making) => ({
  brokerUp: gauge('lbbus_broker_node_up', {
    help: '1 where a node of the broker runs, 0 where it does not; by its management API.',
    labelNames: ['node'],
  }),
  brokerAlarm: gauge('lbbus_broker_alarm', {
    help: '1 while a node lets nobody publish: too little memory, or disk; or sees a part of the cluster only (partition).',
    labelNames: ['node', 'alarm'],
  }),
  brokerUsed: gauge('lbbus_broker_used', {
    help: 'What a node uses: memory_bytes, file_descriptors, sockets, erlang_processes.',
    labelNames: ['node', 'resource'],
  }),
  brokerLimit: gauge('lbbus_broker_limit', {
    help: 'How much of that it may use.',
    labelNames: ['node', 'resource'],
  }),
  brokerDiskFree: gauge('lbbus_broker_disk_free_bytes', {
    help: 'Room on the disk of a node.',
    labelNames: ['node'],
  }),
  brokerDiskLimit: gauge('lbbus_broker_disk_limit_bytes', {
    help: 'Room under which a node lets nobody publish.',
    labelNames: ['node'],
  }),
  databaseBytes: gauge('lbbus_database_bytes', {
    help: 'Size of the database.',
    labelNames: [],
  }),
  databaseRoom: gauge('lbbus_database_room_bytes', {
    help: 'Room that the disk of the database has for it, as LBBUS_DATABASE_ROOM_GIB says.',
    labelNames: [],
  }),
});

/** What monitoring tells besides: of all tenants, of the broker and of PostgreSQL. */
export const watchingMetrics = (making: Making) => ({
  ...lineMetrics(making),
  ...recordMetrics(making),
  ...groundMetrics(making),
});
