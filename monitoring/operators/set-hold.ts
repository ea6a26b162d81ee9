import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import { ProblemError } from '../problems/problem.js';
import { recordAction } from './action.js';

/** `delivery` listens on it and looks at the holds again. */
const holdChannel = 'lbbus_holds';

/** Code of a hold that an operator set; every other is of a failure that made the bus hold the line. */
const byOperator = 'operator';

export interface Hold {
  readonly operator: string;
  readonly tenant: string;
  readonly target: string;
  /** Stands at each message that waits for it. */
  readonly reason: string;
}

/**
 * Lets a line stand still until an operator releases it: recorded, and `delivery` hears of it at once. A hold of the bus
 * becomes the operator's, so that no check ends it. Throws `ProblemError` where the tenant has no such connector instance.
 */
export const setHold = async (
  { database, directory }: { readonly database: Database; readonly directory: Directory },
  { operator, tenant, target, reason }: Hold,
): Promise<void> => {
  if (!directory.tenants.get(tenant)?.connectors.has(target))
    throw new ProblemError('not-found', `${tenant} has no connector ${target}`);
  const hold = { tenant, target, code: byOperator, detail: reason, held_by: operator };
  await database.scoped(tenant, async (trx) => {
    await trx
      .insertInto('delivery.hold')
      .values(hold)
      .onConflict((conflict) => conflict.columns(['tenant', 'target']).doUpdateSet(hold))
      .execute();
    await recordAction(trx, { tenant, operator, action: 'hold', reason, subject: { target } });
    await sql`select pg_notify(${holdChannel}, '')`.execute(trx);
  });
};
