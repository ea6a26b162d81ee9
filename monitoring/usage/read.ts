import { sql, type RawBuilder } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import { calendar } from './fold.js';
import type { Month } from './month.js';

/** How much of one measure, at a target or, where that is '', at the door of the tenant. */
export interface CountedRow {
  readonly tenant: string;
  readonly target: string;
  readonly measure: string;
  readonly amount: number;
}

const monthHere = (column: string): RawBuilder<unknown> =>
  sql`date_trunc('month', ${sql.ref(column)} at time zone ${calendar})::date`;

/** Everything that was counted in a month. */
export const readCounted = async (trx: Scoped, { name }: Month): Promise<readonly CountedRow[]> => {
  const { rows } = await sql<CountedRow>`
    select tenant, target, measure, sum(amount)::float8 as amount from (
      select tenant, target, measure, amount from monitoring.usage_month where month = ${`${name}-01`}::date
      union all
      select tenant, target, measure, amount from monitoring.usage_news where ${monthHere('at')} = ${`${name}-01`}::date
    ) u group by 1, 2, 3`.execute(trx);
  return rows;
};

/** How long a line stood still in a month: held, or not to be reached by some process. What overlaps counts once. */
export interface StillRow {
  readonly tenant: string;
  readonly target: string;
  readonly seconds: number;
}

export const readStill = async (
  trx: Scoped,
  { from, until }: Pick<Month, 'from' | 'until'>,
): Promise<readonly StillRow[]> => {
  const { rows } = await sql<StillRow>`
    select tenant, target, sum(extract(epoch from upper(span) - lower(span)))::float8 as seconds from (
      select tenant, target, unnest(range_agg(tstzrange(since, greatest(since, ended)))) as span from (
        select o.tenant, o.target, greatest(o.since, ${from}::timestamptz) as since,
          least(coalesce(o.until, c.seen_at + interval '1 minute', now()), ${until}::timestamptz, now()) as ended
        from monitoring.outage o
        left join delivery.circuit c on o.kind = 'unreachable' and c.tenant = o.tenant and c.target = o.target and c.replica = o.replica
        where o.since < ${until}::timestamptz and (o.until is null or o.until > ${from}::timestamptz)
      ) s group by 1, 2
    ) spans where not isempty(span) group by 1, 2`.execute(trx);
  return rows;
};

/** What of a tenant was stored at the end of a month. */
export interface StoredRow {
  readonly tenant: string;
  readonly bodyBytes: number;
  readonly messages: number;
}

/** Bodies of the last days, and messages of the last months, by what was counted: retention has taken the others. */
export const readStored = async (
  trx: Scoped,
  { name, until }: Month,
  { bodiesDays, messagesDays }: { readonly bodiesDays: number; readonly messagesDays: number },
): Promise<readonly StoredRow[]> => {
  const end = sql`least(${until}::timestamptz, now())`;
  const { rows } = await sql<StoredRow>`
    select tenant, sum(body_bytes)::float8 as "bodyBytes", sum(messages)::float8 as messages from (
      select tenant, amount as body_bytes, 0 as messages from monitoring.usage
      where target = '' and measure = 'bytes-in' and at < ${end} and at >= ${end} - make_interval(days => ${bodiesDays}::int)
      union all
      select tenant, 0, amount from monitoring.usage_month
      where target = '' and measure in ('accepted', 'answered') and month <= ${`${name}-01`}::date
        and month > (${end} - make_interval(days => ${messagesDays}::int))::date
    ) s group by 1`.execute(trx);
  return rows;
};

/** What a message takes in the tables beside its body, with its targets, steps and indexes, as the catalogue of PostgreSQL has it. */
export const readRowBytes = async (trx: Scoped): Promise<number> => {
  const { rows } = await sql<{ bytes: number }>`
    select sum(pg_relation_size(c.oid) + pg_indexes_size(c.oid))::float8
      / greatest(max(c.reltuples) filter (where c.relname = 'message'), 1) as bytes
    from pg_class c where c.relnamespace = 'monitoring'::regnamespace and c.relkind = 'r'
      and (c.relname in ('message', 'target') or c.relname like 'step\\_%')`.execute(trx);
  return rows[0]?.bytes ?? 0;
};

/** What went through in one day or month. */
export interface SpanRow {
  /** `2026-10-14` or `2026-10` */
  readonly span: string;
  readonly accepted: number;
  readonly delivered: number;
  /** Rejected, parked or expired. */
  readonly failed: number;
}

const sums = sql`
  coalesce(sum(amount) filter (where measure = 'accepted'), 0)::float8 as accepted,
  coalesce(sum(amount) filter (where measure = 'delivered'), 0)::float8 as delivered,
  coalesce(sum(amount) filter (where measure in ('rejected', 'parked', 'expired')), 0)::float8 as failed`;

/** Day by day through a month, of the tenants that are reached. */
export const readDays = async (
  trx: Scoped,
  { from, until }: Month,
  reach: Reach,
): Promise<readonly SpanRow[]> => {
  const { rows } = await sql<SpanRow>`
    select to_char(at at time zone ${calendar}, 'YYYY-MM-DD') as span, ${sums} from monitoring.usage
    where at >= ${from} and at < ${until} and ${within(reach, sql.ref('tenant'))}
      and measure in ('accepted', 'delivered', 'rejected', 'parked', 'expired')
    group by 1 order by 1`.execute(trx);
  return rows;
};

/** Month by month from the first through the last, of the tenants that are reached. */
export const readMonths = async (
  trx: Scoped,
  { first, last }: { readonly first: string; readonly last: string },
  reach: Reach,
): Promise<readonly SpanRow[]> => {
  const { rows } = await sql<SpanRow>`
    select to_char(month, 'YYYY-MM') as span, ${sums} from (
      select tenant, measure, month, amount from monitoring.usage_month
      union all
      select tenant, measure, ${monthHere('at')}, amount from monitoring.usage_news
    ) u where month between ${`${first}-01`}::date and ${`${last}-01`}::date and ${within(reach, sql.ref('tenant'))}
      and measure in ('accepted', 'delivered', 'rejected', 'parked', 'expired')
    group by 1 order by 1`.execute(trx);
  return rows;
};
