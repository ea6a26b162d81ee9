import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Traffic } from './facts.js';
import { lineKey } from './standing.js';

interface Row {
  readonly tenant: string;
  readonly target: string;
}

interface HourRow extends Row {
  readonly delivered: number;
  readonly p95Ms: number | null;
  readonly movedAt: Date;
}

/** Of the steps of the last hour themselves. */
export const readHour = async (trx: Scoped): Promise<readonly HourRow[]> => {
  const { rows } = await sql<HourRow>`
    select tenant, target, count(*) filter (where outcome = 'delivered')::int as delivered, max(at) as "movedAt",
      percentile_disc(0.95) within group (order by critical_ms) filter (where outcome = 'delivered')::float8 as "p95Ms"
    from monitoring.step where at > now() - interval '1 hour' group by 1, 2`.execute(trx);
  return rows;
};

interface CountRow extends Row {
  readonly count: number;
}

interface DayRow extends CountRow {
  readonly recently: number;
}

/** Delivered in the last 24 hours, and since the last whole hour began, of the counts per hour. */
export const readDay = async (trx: Scoped): Promise<readonly DayRow[]> => {
  const { rows } = await sql<DayRow>`
    select tenant, target, sum(amount)::int as count,
      coalesce(sum(amount) filter (where at >= date_trunc('hour', now() - interval '1 hour')), 0)::int as recently
    from monitoring.usage
    where at > now() - interval '24 hours' and measure = 'delivered' and target <> '' group by 1, 2`.execute(
    trx,
  );
  return rows;
};

/**
 * The least that was delivered in the hour of the week that has just ended, by the clock here, in each of the last four
 * weeks; only where each had some.
 */
export const readUsual = async (trx: Scoped): Promise<readonly CountRow[]> => {
  const { rows } = await sql<CountRow>`
    select tenant, target, min(delivered)::int as count from (
      select tenant, target, at, sum(amount) as delivered from monitoring.usage
      where measure = 'delivered' and target <> '' and at = any(array(
        select (date_trunc('hour', now() - interval '1 hour') at time zone 'Europe/Brussels' - make_interval(weeks => n))
          at time zone 'Europe/Brussels'
        from generate_series(1, 4) n))
      group by 1, 2, 3
    ) as week group by 1, 2 having count(*) = 4`.execute(trx);
  return rows;
};

const keyed = <R extends Row>(rows: readonly R[]): ReadonlyMap<string, R> =>
  new Map(rows.map((row) => [lineKey(row.tenant, row.target), row]));

/** What went through each line, from the three readings. */
export const trafficOf = (
  hour: readonly HourRow[],
  day: readonly DayRow[],
  usual: readonly CountRow[],
): ((key: string) => Traffic) => {
  const [hours, days, usuals] = [keyed(hour), keyed(day), keyed(usual)];
  const quiet = { delivered: 0, p95Ms: null, movedAt: null, count: 0, recently: 0 };
  return (key) => {
    const { delivered, p95Ms, movedAt } = hours.get(key) ?? quiet;
    const { count, recently } = days.get(key) ?? quiet;
    return {
      ...{ deliveredLastHour: delivered, p95Ms, movedAt },
      deliveredLastDay: Math.max(count, delivered),
      deliveredRecently: Math.max(recently, delivered),
      usual: usuals.get(key)?.count ?? 0,
    };
  };
};
