import type { ColumnType, Generated } from 'kysely';
import type { GeneratedMoment, JsonColumn, Moment } from './columns.js';

/** Columns of schema delivery, for the compiler: what delivery knows and what waits. */
export interface DeliveryTables {
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
  'delivery.kept': {
    tenant: string;
    target: string;
    subject: string;
    sealed: Buffer;
    keep_until: Moment;
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
  'delivery.consultation': {
    tenant: string;
    id: string;
    asked_at: GeneratedMoment;
    message: string | null;
    reference: string;
    target: string;
    connector: string;
    operation: string;
    type: string;
    service: string;
    application: string;
    official: string | null;
    capacity: string | null;
    verwerking: string | null;
    outcome: 'answered' | 'refused' | 'failed' | null;
    code: string | null;
    ended_at: Moment | null;
  };
  'delivery.consultation_subject': {
    tenant: string;
    consultation: string;
    pseudonym: string;
    found: boolean;
  };
}
