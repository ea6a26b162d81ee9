import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';

/** Whoever reads a trace meanwhile waits no longer than this; in an hour it is tried again. */
const lockWait = '3s';

/** Makes the months of the steps that begin soon. */
export const makeMonths = async (trx: Scoped): Promise<number> => {
  await sql`set local lock_timeout = ${sql.lit(lockWait)}`.execute(trx);
  const { rows } = await sql<{ made: number }>`
    select monitoring.make_step_months(now(), now() + interval '2 months') as made`.execute(trx);
  return rows[0]?.made ?? 0;
};

/** Lets go of the months of steps that ended so many days ago, each at once; answers how many steps that were. */
export const forgetMonths = async (trx: Scoped, days: number): Promise<number> => {
  await sql`set local lock_timeout = ${sql.lit(lockWait)}`.execute(trx);
  const { rows } = await sql<{ gone: string }>`
    select monitoring.forget_step_months(now() - make_interval(days => ${days}::int)) as gone`.execute(
    trx,
  );
  return Number(rows[0]?.gone ?? 0);
};
