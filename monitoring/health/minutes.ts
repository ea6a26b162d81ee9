import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { reaches, type Reach } from '../people/person.js';

const minutes = 60;
const minuteMs = 60_000;

/** What was accepted and delivered in each minute of the last hour, the last one not yet whole; by tenant. */
export interface Minutes {
  readonly from: Date;
  readonly accepted: ReadonlyMap<string, readonly number[]>;
  readonly delivered: ReadonlyMap<string, readonly number[]>;
}

interface Row {
  readonly tenant: string;
  readonly minute: number;
  readonly count: number;
}

const byTenant = (rows: readonly Row[]): ReadonlyMap<string, readonly number[]> => {
  const counts = new Map<string, number[]>();
  for (const { tenant, minute, count } of rows) {
    const row = counts.get(tenant) ?? Array.from({ length: minutes }, () => 0);
    if (minute < minutes) row[minute] = count;
    counts.set(tenant, row);
  }
  return counts;
};

/** Counts the last hour by the minute, by the indexes of time. */
export const readMinutes = async (trx: Scoped): Promise<Minutes> => {
  const from = new Date((Math.floor(Date.now() / minuteMs) - minutes + 1) * minuteMs);
  const minuteOf = (column: string) =>
    sql`floor(extract(epoch from ${sql.ref(column)} - ${from}::timestamptz) / 60)::int`;
  const accepted = await sql<Row>`
    select tenant, ${minuteOf('accepted_at')} as minute, count(*)::int as count from monitoring.message
    where accepted_at >= ${from}::timestamptz and kind <> 'answer' group by 1, 2`.execute(trx);
  const delivered = await sql<Row>`
    select tenant, ${minuteOf('at')} as minute, count(*)::int as count from monitoring.step
    where at >= ${from}::timestamptz and outcome = 'delivered' group by 1, 2`.execute(trx);
  return { from, accepted: byTenant(accepted.rows), delivered: byTenant(delivered.rows) };
};

/** One row of the minutes, summed over the tenants that are reached. */
export const summed = (
  counts: ReadonlyMap<string, readonly number[]>,
  tenants: Reach,
): readonly number[] =>
  [...counts]
    .filter(([tenant]) => reaches({ tenants }, tenant))
    .reduce(
      (sum, [, row]) => sum.map((count, minute) => count + (row[minute] ?? 0)),
      Array.from({ length: minutes }, () => 0),
    );
