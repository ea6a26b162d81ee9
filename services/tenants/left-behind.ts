import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import type { Act, Plan } from './plan.js';

/** Messages that nobody works on any more after the plan was carried out. */
export interface LeftBehind {
  readonly tenant: string;
  /** Null for all that the tenant has. */
  readonly target: string | null;
  readonly count: number;
  /** Switched off they go on when it is switched on; removed nobody sees them again. */
  readonly removed: boolean;
}

type Leaving = Omit<LeftBehind, 'count'>;

const leavingBy = (tenant: string, act: Act): Leaving[] => {
  if (act.act === 'remove-tenant') return [{ tenant, target: null, removed: true }];
  if (act.act === 'remove-connector') return [{ tenant, target: act.name, removed: true }];
  if (act.act !== 'put-connector' || act.connector.enabled) return [];
  return [{ tenant, target: act.connector.name, removed: false }];
};

/** Accepted and at no end: in its queue, as a row, or in its postvak. */
const countAt = (
  database: Pick<Database, 'scoped'>,
  { tenant, target }: Leaving,
): Promise<number> =>
  database.scoped(tenant, async (trx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int from (
        select target, message from delivery.waiting where tenant = ${tenant}
        union select target, message from monitoring.target
          where tenant = ${tenant} and status in ('accepted', 'waiting', 'held', 'parked')
        union select postvak, message from delivery.postvak
          where tenant = ${tenant} and acknowledged_at is null) open
      where ${target}::text is null or target = ${target}`.execute(trx);
    return rows[0]?.count ?? 0;
  });

/** What the plans would leave behind, target by target. */
export const findLeftBehind = async (
  database: Pick<Database, 'scoped'>,
  plans: readonly Plan[],
): Promise<LeftBehind[]> => {
  const leaving = plans.flatMap(({ tenant, changes }) =>
    changes.flatMap(({ act }) => leavingBy(tenant, act)),
  );
  const found: LeftBehind[] = [];
  for (const one of leaving) {
    const count = await countAt(database, one);
    if (count > 0) found.push({ ...one, count });
  }
  return found;
};

/** One line for each, as a person reads it. */
export const wordsOfLeftBehind = (found: readonly LeftBehind[]): string =>
  found
    .map(({ tenant, target, count, removed }) => {
      const what = `${count} ${count === 1 ? 'message' : 'messages'} at ${tenant}${target === null ? '' : ` ${target}`}`;
      return removed
        ? `! ${what} would never be delivered`
        : `! ${what} would wait until it is switched on again`;
    })
    .join('\n');

/** Throws where a removal would leave messages that nobody sees again. */
export const refuseLeftBehind = (found: readonly LeftBehind[]): void => {
  if (found.some(({ removed }) => removed))
    throw new Error(
      'messages would be left behind: let them be delivered or discard them first, or give --leave-behind',
    );
};
