import type { ColumnType, Generated } from 'kysely';

/** A moment: read as Date, written as Date. */
type Moment = ColumnType<Date, Date, Date>;
type GeneratedMoment = ColumnType<Date, Date | undefined, Date>;
/** jsonb: read as parsed JSON, written as JSON text. */
type JsonColumn<T> = ColumnType<T, string, string>;

/** Columns of infra/migrations, for the compiler. */
export interface Tables {
  'tenants.tenant': {
    id: string;
    name: string;
    bestuurseenheid: string;
    kbo: string;
    settings: JsonColumn<Record<string, unknown>>;
    body_key: Buffer | null;
    secret_key: Buffer | null;
    updated_at: GeneratedMoment;
  };
  'tenants.connector': {
    tenant: string;
    name: string;
    connector: string;
    settings: JsonColumn<Record<string, unknown>>;
    hook_token_hash: Buffer | null;
    enabled: Generated<boolean>;
  };
  'tenants.route': {
    tenant: string;
    position: number;
    message_type: string;
    filter: JsonColumn<Record<string, unknown> | null> | null;
    targets: string[];
  };
  'tenants.secret': {
    tenant: string;
    name: string;
    version: number;
    sealed: Buffer;
    fingerprint: Buffer;
    updated_at: GeneratedMoment;
  };
  'tenants.credential': {
    tenant: string;
    name: string;
    key_hashes: Buffer[];
    issuer: string | null;
    client_id: string | null;
    sources: string[];
    types: string[];
    postvakken: string[];
    system: string | null;
    expires_at: Moment | null;
  };
  'tenants.revision': { only: Generated<boolean>; revision: string };
  'delivery.effect': {
    tenant: string;
    target: string;
    message: string;
    digest: string;
    state: 'started' | 'done' | 'failed' | 'discarded';
    busy_until: Moment | null;
    external_id: string | null;
    answer: Buffer | null;
    at: GeneratedMoment;
    sequence: Generated<number>;
    crashes: Generated<number>;
    subject: string | null;
    verwerking: string | null;
  };
  'delivery.reference': {
    tenant: string;
    target: string;
    external_id: string;
    subject: string;
    state: JsonColumn<unknown> | null;
    updated_at: GeneratedMoment;
    verwerking: string | null;
  };
  'delivery.waiting': {
    id: Generated<string>;
    tenant: string;
    target: string;
    subject: string;
    message: string;
    state: 'waiting' | 'held' | 'parked';
    due_at: Moment;
    attempt: Generated<number>;
    sequence: Generated<number>;
    first_failed_at: Moment | null;
    code: string | null;
    detail: string | null;
    envelope: JsonColumn<unknown>;
    body: Buffer;
    leased_by: string | null;
    leased_until: Moment | null;
    created_at: GeneratedMoment;
    cause: ColumnType<string, never, never>;
  };
  'delivery.parked_order': {
    id: Generated<string>;
    tenant: string;
    act: 'replay' | 'discard' | 'edit';
    state: Generated<'planned' | 'running' | 'paused' | 'stopped' | 'cancelled' | 'done'>;
    selection: JsonColumn<Record<string, unknown>>;
    rate: number;
    stop_percent: number;
    operator: string;
    reason: string;
    note: string | null;
    created_at: GeneratedMoment;
    started_at: Moment | null;
    counted_from: Moment | null;
    ended_at: Moment | null;
    leased_by: string | null;
    leased_until: Moment | null;
  };
  'delivery.parked_item': {
    order_id: string;
    row_id: string;
    tenant: string;
    target: string;
    subject: string;
    message: string;
    type: string;
    parked_code: string;
    parked_at: Moment;
    uncertain: boolean;
    sequence: number;
    state: Generated<'selected' | 'released' | 'delivered' | 'discarded' | 'failed' | 'skipped'>;
    active: Generated<boolean>;
    told: Generated<boolean>;
    released_sequence: number | null;
    watched: string | null;
    code: string | null;
    released_at: Moment | null;
    ended_at: Moment | null;
  };
  'delivery.parked_edit': {
    order_id: string;
    tenant: string;
    original: JsonColumn<unknown>;
    envelope: JsonColumn<unknown>;
    body: Buffer;
  };
  'delivery.hold': {
    tenant: string;
    target: string;
    code: string;
    detail: string;
    held_by: string;
    since: GeneratedMoment;
  };
  'delivery.cursor': {
    tenant: string;
    target: string;
    source: string;
    cursor: JsonColumn<unknown>;
    leased_by: string | null;
    leased_until: Moment | null;
    polled_at: Moment | null;
    failure: string | null;
  };
  'delivery.postvak': {
    id: Generated<string>;
    tenant: string;
    postvak: string;
    subject: string;
    message: string;
    envelope: JsonColumn<unknown>;
    body: Buffer;
    visible_at: GeneratedMoment;
    lease: string | null;
    leased_until: Moment | null;
    acknowledged_at: Moment | null;
    created_at: GeneratedMoment;
  };
  'delivery.question': {
    tenant: string;
    message: string;
    target: string;
    type: string;
    source: string;
    digest: string;
    accepted_at: Moment;
    state: 'asked' | 'cancelled' | 'answered' | 'expired';
    returns: Generated<number>;
    sequence: Generated<number>;
    outcome: string | null;
    code: string | null;
    detail: string | null;
    at: GeneratedMoment;
    answer: Buffer | null;
    answer_envelope: JsonColumn<unknown> | null;
    keep_until: Moment;
  };
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
