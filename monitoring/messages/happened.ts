import { sql, type RawBuilder } from 'kysely';
import type { StepOutcome } from '#bus/records.js';
import type { Scoped } from '#runtime/database.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import type { Wish } from './conditions.js';

/** What befalls few messages: an index holds these alone. Written out, so that the planner can tell that it fits. */
const rare: readonly StepOutcome[] = ['held', 'parked', 'rejected', 'expired', 'discarded'];
const inIndex = sql`s.outcome in ('held', 'parked', 'rejected', 'expired', 'discarded')`;

/** What happened oftener is met soon enough by walking from the newest on. */
const most = 5_000;

/**
 * The condition that names the messages to which happened what is asked, where that are few; null where it is not asked,
 * or happened to many.
 */
export const fewHappened = async (
  trx: Scoped,
  { outcome, tenant, target }: Wish,
  reach: Reach,
): Promise<RawBuilder<boolean> | null> => {
  if (outcome === undefined || !rare.includes(outcome)) return null;
  const { rows } = await sql<{ tenant: string; message: string }>`
    select s.tenant, s.message from monitoring.step s where s.outcome = ${outcome} and ${inIndex}
      ${tenant === undefined ? sql`` : sql`and s.tenant = ${tenant}`}
      ${target === undefined ? sql`` : sql`and s.target = ${target}`}
      and ${within(reach, sql.ref('s.tenant'))}
    limit ${most + 1}`.execute(trx);
  if (rows.length > most) return null;
  const tenants = rows.map((row) => row.tenant);
  const messages = rows.map(({ message }) => message);
  return sql<boolean>`(m.tenant, m.id) in (select * from unnest(${tenants}::text[], ${messages}::uuid[]))`;
};
