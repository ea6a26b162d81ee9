import type { Generated } from 'kysely';
import type { GeneratedMoment, Moment } from './columns.js';

/** Columns of schema delivery, for the compiler: how the connector instances stand. */
export interface LineTables {
  'delivery.hold': {
    tenant: string;
    target: string;
    code: string;
    detail: string;
    held_by: string;
    since: GeneratedMoment;
  };
  'delivery.connection_check': {
    tenant: string;
    target: string;
    id: Generated<string>;
    asked_by: string;
    asked_at: GeneratedMoment;
    revision: string;
    taken_until: Moment | null;
    ended_at: Moment | null;
    works: boolean | null;
    code: string | null;
    detail: string | null;
    duration_ms: number | null;
  };
  'delivery.circuit': {
    tenant: string;
    target: string;
    replica: string;
    phase: 'open' | 'recovering';
    since: Moment;
    probe_at: Moment | null;
    openings: number;
    seen_at: Moment;
  };
}
