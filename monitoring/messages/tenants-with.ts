import { sql, type RawBuilder } from 'kysely';
import { stepOutcomes } from '#bus/records.js';
import type { Scoped } from '#runtime/database.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import { isAmiss, type Wish } from './conditions.js';

/** A message that stands so at a target got there by a step of that name, which was counted. */
const ended: readonly string[] = ['delivered', 'expired', 'discarded'];
/** Written out: the index of what has not ended is only used where the planner can tell. */
const open = sql`status in ('accepted', 'waiting', 'held', 'parked')`;

type Sought = Pick<Wish, 'tenant' | 'target' | 'outcome' | 'status'>;

/** What is counted of a message that is sought; null where it may not be yet. */
const measureOf = ({ outcome, status }: Sought): string | null =>
  outcome ?? (status !== undefined && ended.includes(status) ? status : null);

/** Tenants with something that was counted at a target, or stands there uncounted. */
const withTarget = (target: string | undefined, measure: string | null): RawBuilder<unknown> => {
  const there = target === undefined ? sql`` : sql`and target = ${target}`;
  const counted = sql`measure = any(${measure === null ? stepOutcomes : [measure]}::text[]) ${there}`;
  const standing = sql`union select tenant from monitoring.target where ${open} ${there}`;
  return sql`select tenant from monitoring.usage_month where ${counted}
    union select tenant from monitoring.usage_news where ${counted} ${measure === null ? standing : sql``}`;
};

/** The tenant that is asked where it is reached; all that are reached where none is asked. */
const askedOf = ({ tenant }: Sought, reach: Reach): Reach => {
  if (tenant === undefined) return reach;
  return new Set(reach === null || reach.has(tenant) ? [tenant] : []);
};

/**
 * The tenants of which a message that is sought can be, by what was ever counted: walking back for a target that never had any,
 * or that one tenant alone has, would go past the messages of all. Where nothing tells, all that are reached.
 */
export const tenantsWith = async (trx: Scoped, sought: Sought, reach: Reach): Promise<Reach> => {
  const { target, outcome } = sought;
  const asked = askedOf(sought, reach);
  const amiss = isAmiss(outcome);
  if (target === undefined && (outcome === undefined || amiss)) return asked;
  const { rows } = await sql<{ tenant: string }>`
    select c.tenant from (${withTarget(target, measureOf(sought))}) c where ${within(asked, sql.ref('c.tenant'))}`.execute(
    trx,
  );
  // What went amiss is met in an index of that alone, of whichever tenant.
  return amiss && rows.length > 0 ? asked : new Set(rows.map((row) => row.tenant));
};
