import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';

/** What came in from a source, by type, in the last day and month; null where the month is not counted. */
export interface Inbound {
  readonly tenant: string;
  readonly source: string;
  readonly type: string;
  readonly day: number;
  readonly month: number | null;
}

/** What was delivered at a place (a target of a tenant, or all of one connector), by type; all types together where it is null. */
export interface Outbound {
  readonly place: string;
  readonly type: string | null;
  readonly day: number;
  readonly month: number | null;
  /** Of the last day, from accepted until delivered; null where there was none. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

const lastDay = (column: string) => sql`${sql.ref(column)} > now() - interval '24 hours'`;
const lastMonth = (column: string) => sql`${sql.ref(column)} > now() - interval '30 days'`;

const shareWithin = (share: number) => sql`
  (percentile_disc(${sql.lit(share)}) within group (order by s.critical_ms) filter (where ${lastDay('s.at')}))::float8`;

/** One tenant's own senders and systems, from its messages themselves. */
export const readInbound = async (trx: Scoped, tenant: string): Promise<readonly Inbound[]> => {
  const { rows } = await sql<Inbound>`
    select tenant, source, type, count(*) filter (where ${lastDay('accepted_at')})::int as day, count(*)::int as month
    from monitoring.message where tenant = ${tenant} and ${lastMonth('accepted_at')}
    group by tenant, source, type`.execute(trx);
  return rows;
};

/** What was delivered to each target of a tenant. */
export const readOutbound = async (trx: Scoped, tenant: string): Promise<readonly Outbound[]> => {
  const { rows } = await sql<Outbound>`
    select s.target as place, m.type, count(*) filter (where ${lastDay('s.at')})::int as day, count(*)::int as month,
      ${shareWithin(0.5)} as "p50Ms", ${shareWithin(0.95)} as "p95Ms"
    from monitoring.message m
    join monitoring.step s on s.tenant = m.tenant and s.message = m.id and s.outcome = 'delivered' and ${lastMonth('s.at')}
    where m.tenant = ${tenant} and ${lastMonth('m.accepted_at')}
    group by grouping sets ((s.target, m.type), (s.target))`.execute(trx);
  return rows;
};

/** Of all that are reached, in the last day: by source and type. */
export const readAllInbound = async (trx: Scoped, reach: Reach): Promise<readonly Inbound[]> => {
  const { rows } = await sql<Inbound>`
    select tenant, source, type, count(*)::int as day, null::int as month
    from monitoring.message where ${lastDay('accepted_at')} and ${within(reach, sql.ref('tenant'))}
    group by 1, 2, 3`.execute(trx);
  return rows;
};

/**
 * Of all that are reached, in the last day: by connector and type. What was accepted long before it was delivered counts for
 * the connector alone: its type would have to be looked up message by message.
 */
export const readAllOutbound = async (trx: Scoped, reach: Reach): Promise<readonly Outbound[]> => {
  const { rows } = await sql<Outbound>`
    with m as materialized (
      select tenant, id, type from monitoring.message where accepted_at > now() - interval '26 hours'
    )
    select s.connector as place, m.type, count(*)::int as day, null::int as month,
      ${shareWithin(0.5)} as "p50Ms", ${shareWithin(0.95)} as "p95Ms"
    from monitoring.step s left join m on m.tenant = s.tenant and m.id = s.message
    where ${lastDay('s.at')} and s.outcome = 'delivered' and ${within(reach, sql.ref('s.tenant'))}
    group by grouping sets ((s.connector, m.type), (s.connector))
    having grouping(m.type) = 1 or m.type is not null`.execute(trx);
  return rows;
};

/** What was delivered in the last 30 days, by line, of the counts. */
export interface LineMonth {
  readonly tenant: string;
  readonly target: string;
  readonly count: number;
}

export const readMonth = async (trx: Scoped): Promise<readonly LineMonth[]> => {
  const { rows } = await sql<LineMonth>`
    select tenant, target, sum(amount)::int as count from monitoring.usage
    where ${lastMonth('at')} and measure = 'delivered' and target <> '' group by 1, 2`.execute(trx);
  return rows;
};

/** An application of a tenant as it was declared. */
export interface Application {
  readonly tenant: string;
  readonly name: string;
  readonly sources: readonly string[];
  readonly types: readonly string[];
  readonly postvakken: readonly string[];
}

/** The applications of one tenant, or of all (`'*'`). */
export const readApplications = (trx: Scoped, tenant: string): Promise<Application[]> => {
  const all = trx
    .selectFrom('tenants.credential')
    .select(['tenant', 'name', 'sources', 'types', 'postvakken'])
    .orderBy('tenant')
    .orderBy('name');
  return (tenant === '*' ? all : all.where('tenant', '=', tenant)).execute();
};
