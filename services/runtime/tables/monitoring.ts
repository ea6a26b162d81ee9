import type { ColumnType, Generated } from 'kysely';
import type { GeneratedMoment, JsonColumn, Moment } from './columns.js';

/** One request that an attempt made: `status` is that of HTTP, or the code of the failure where none came. */
export interface StoredCall {
  readonly method: string;
  readonly status: string;
  readonly durationMs: number;
}

interface UsageRow {
  tenant: string;
  target: string;
  measure: string;
  at: Moment;
  amount: ColumnType<string, number, number>;
}

/** Columns of schema monitoring, for the compiler: what became of messages. */
export interface MonitoringTables {
  'monitoring.message': {
    tenant: string;
    id: string;
    type: string;
    kind: string;
    source: string;
    sender_id: string;
    subject: string;
    time: string;
    accepted_at: Moment;
    expires_at: Moment | null;
    digest: string;
    status: string;
    verwerking: string | null;
    traceparent: string | null;
    correlation_id: string | null;
    causation_id: string | null;
    conflict_of: string | null;
    body: Buffer | null;
    body_bytes: ColumnType<number | null, never, never>;
    collected_at: GeneratedMoment;
  };
  'monitoring.target': {
    tenant: string;
    message: string;
    target: string;
    status: string;
    sequence: Generated<number>;
    external_id: string | null;
    code: string | null;
    next_attempt_at: Moment | null;
    acknowledged_at: Moment | null;
  };
  'monitoring.step': {
    tenant: string;
    message: string;
    id: string;
    target: string;
    connector: string;
    operation: string | null;
    sequence: number;
    at: Moment;
    duration_ms: number;
    outcome: string;
    code: string | null;
    detail: string | null;
    calls: JsonColumn<readonly StoredCall[]> | null;
    critical_ms: ColumnType<string | null, number | null | undefined, number | null>;
    bytes: number | null;
    /** Of its message; no moment where the outcome happens to each message. The database fills it in, with type and source. */
    accepted_at: ColumnType<Date | number, never, never>;
    type: ColumnType<string | null, never, never>;
    source: ColumnType<string | null, never, never>;
  };
  'monitoring.usage_month': Omit<UsageRow, 'at'> & { month: string };
  'monitoring.outage': {
    id: Generated<string>;
    tenant: string;
    target: string;
    kind: 'held' | 'unreachable';
    replica: string | null;
    code: string | null;
    since: Moment;
    until: Moment | null;
  };
  'monitoring.usage_count': UsageRow;
  'monitoring.usage_news': UsageRow;
  'monitoring.usage': UsageRow;
  'monitoring.session': {
    digest: Buffer;
    name: string;
    shown: string;
    roles: string[];
    tenants: string[] | null;
    opened_at: GeneratedMoment;
    used_at: GeneratedMoment;
    hint: Buffer | null;
  };
  'monitoring.sign_in': {
    digest: Buffer;
    state: string;
    nonce: string;
    verifier: string;
    return_to: string;
    begun_at: GeneratedMoment;
  };
  'monitoring.operator_action': {
    id: Generated<string>;
    tenant: string;
    at: GeneratedMoment;
    operator: string;
    action: string;
    reason: string;
    subject: JsonColumn<Record<string, unknown>>;
  };
}
