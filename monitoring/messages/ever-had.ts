import { sql, type RawBuilder } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import type { Wish } from './conditions.js';

/** Written out: the index of what has not ended is only used where the planner can tell. */
const open = sql`r.status in ('accepted', 'waiting', 'held', 'parked')`;

/**
 * Whether the target that is asked ever had a message: what happened there was counted, what has not ended stands there. True
 * where no target is asked. Walking back for one that never had any would end at the first message of all.
 */
export const everHad = async (
  trx: Scoped,
  { target, tenant }: Pick<Wish, 'target' | 'tenant'>,
  reach: Reach,
): Promise<boolean> => {
  if (target === undefined) return true;
  const ofTarget = sql`r.target = ${target} ${tenant === undefined ? sql`` : sql`and r.tenant = ${tenant}`}
    and ${within(reach, sql.ref('r.tenant'))}`;
  const someIn = (rows: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`exists (select from ${rows} and ${ofTarget})`;
  const { rows } = await sql<{ had: boolean }>`
    select ${someIn(sql`monitoring.usage_month r where true`)}
      or ${someIn(sql`monitoring.target r where ${open}`)}
      or ${someIn(sql`monitoring.usage_news r where true`)} as had`.execute(trx);
  return rows[0]?.had === true;
};
