import type { Generated } from 'kysely';
import type { GeneratedMoment, Moment } from './columns.js';

/** Columns of what monitoring remembers of the lines of tenants, for the compiler. */
export interface HealthTables {
  'monitoring.line_state': {
    tenant: string;
    target: string;
    severity: string;
    cause: string | null;
    since: GeneratedMoment;
  };
  'monitoring.line_change': {
    id: Generated<string>;
    tenant: string;
    target: string;
    at: GeneratedMoment;
    before: string | null;
    severity: string;
    cause: string | null;
    count: string | null;
    what: string | null;
  };
  'monitoring.line_watch': { only: Generated<boolean>; process: string; until: Moment };
}
