import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import { holdChannel } from '#trace/line-channels.js';
import { recordAction } from '../operators/action.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';

/** Code of a hold that an operator set; every other is of a failure that made the bus hold the line. */
const byOperator = 'operator';

/** What stands still: why, who holds it (`bus`, or an operator by name), since when, and how much waits for it. */
export interface Hold {
  readonly tenant: string;
  readonly target: string;
  readonly code: string;
  readonly detail: string;
  readonly heldBy: string;
  readonly since: string;
  readonly messages: number;
}

/** The holds as far as they are reached, the longest first. */
export const readHolds = async (trx: Scoped, reach: Reach): Promise<Hold[]> => {
  const { rows } = await sql<Omit<Hold, 'since'> & { readonly since: Date }>`
    select h.tenant, h.target, h.code, h.detail, h.held_by as "heldBy", h.since, (
      select count(*)::int from delivery.waiting w
      where w.tenant = h.tenant and w.target = h.target and w.state = 'held') as messages
    from delivery.hold h where ${within(reach, sql.ref('h.tenant'))}
    order by h.since, h.tenant, h.target`.execute(trx);
  return rows.map(({ since, ...hold }) => ({ ...hold, since: since.toISOString() }));
};

/** What an operator does to a line, and why. */
export interface Holding {
  readonly operator: string;
  readonly tenant: string;
  readonly target: string;
  /** Of a hold it stands at each message that waits for it. */
  readonly reason: string;
}

const tellDelivery = async (trx: Scoped): Promise<void> => {
  await sql`select pg_notify(${holdChannel}, '')`.execute(trx);
};

/**
 * Lets a line stand still until an operator releases it: recorded, and `delivery` hears of it at once. A hold of the bus
 * becomes the operator's, so that no check ends it. Throws `ProblemError` where the tenant has no such connector instance.
 */
export const setHold = (
  database: Database,
  { operator, tenant, target, reason }: Holding,
): Promise<void> =>
  database.scoped(tenant, async (trx) => {
    const instance = await trx
      .selectFrom('tenants.connector')
      .select('name')
      .where('tenant', '=', tenant)
      .where('name', '=', target)
      .executeTakeFirst();
    if (!instance)
      throw new ProblemError('not-found', tell('connector-unknown', { tenant, target }));
    const hold = { tenant, target, code: byOperator, detail: reason, held_by: operator };
    await trx
      .insertInto('delivery.hold')
      .values(hold)
      .onConflict((conflict) => conflict.columns(['tenant', 'target']).doUpdateSet(hold))
      .execute();
    await recordAction(trx, { tenant, operator, action: 'hold', reason, subject: { target } });
    await tellDelivery(trx);
  });

/** Lets a line go on: recorded, and `delivery` hears of it at once. Throws `ProblemError` where it is not held. */
export const releaseHold = (
  database: Database,
  { operator, tenant, target, reason }: Holding,
): Promise<void> =>
  database.scoped(tenant, async (trx) => {
    const hold = await trx
      .deleteFrom('delivery.hold')
      .where('tenant', '=', tenant)
      .where('target', '=', target)
      .returning(['code', 'held_by'])
      .executeTakeFirst();
    if (!hold) throw new ProblemError('not-found', tell('not-held', { tenant, target }));
    await recordAction(trx, {
      tenant,
      operator,
      action: 'release-hold',
      reason,
      subject: { target, code: hold.code, heldBy: hold.held_by },
    });
    await tellDelivery(trx);
  });
