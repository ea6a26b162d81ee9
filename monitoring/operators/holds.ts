import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import { ProblemError } from '../problems/problem.js';
import { recordAction } from './action.js';

/** `delivery` listens on it and looks at the holds again. */
const holdChannel = 'lbbus_holds';

/** What stands still, why, since when, and how much waits for it. */
export const readHolds = (database: Database, reach: Reach) =>
  database.scoped('*', async (trx) => {
    const rows = await trx
      .selectFrom('delivery.hold as hold')
      .leftJoin('delivery.waiting as waiting', (join) =>
        join
          .onRef('waiting.tenant', '=', 'hold.tenant')
          .onRef('waiting.target', '=', 'hold.target')
          .on('waiting.state', '=', 'held'),
      )
      .select(['hold.tenant', 'hold.target', 'hold.code', 'hold.detail', 'held_by', 'since'])
      .select((eb) => eb.fn.count<string>('waiting.id').as('held'))
      .where(within(reach, sql.ref('hold.tenant')))
      .groupBy(['hold.tenant', 'hold.target'])
      .orderBy('since')
      .execute();
    return rows.map((row) => ({
      tenant: row.tenant,
      target: row.target,
      code: row.code,
      detail: row.detail,
      heldBy: row.held_by,
      since: row.since.toISOString(),
      messages: Number(row.held),
    }));
  });

export interface Release {
  readonly operator: string;
  readonly tenant: string;
  readonly target: string;
  readonly reason: string;
}

/** Lets a line go on: recorded, and `delivery` hears of it at once. Throws `ProblemError` where it is not held. */
export const releaseHold = (
  database: Database,
  { operator, tenant, target, reason }: Release,
): Promise<void> =>
  database.scoped(tenant, async (trx) => {
    const hold = await trx
      .deleteFrom('delivery.hold')
      .where('tenant', '=', tenant)
      .where('target', '=', target)
      .returning(['code', 'held_by'])
      .executeTakeFirst();
    if (!hold) throw new ProblemError('not-found', `${target} of ${tenant} is not held`);
    await recordAction(trx, {
      tenant,
      operator,
      action: 'release-hold',
      reason,
      subject: { target, code: hold.code, heldBy: hold.held_by },
    });
    await sql`select pg_notify(${holdChannel}, '')`.execute(trx);
  });
