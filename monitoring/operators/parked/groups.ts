import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import {
  codeOfRow,
  connectorOfRow,
  groupOfRow,
  matching,
  parkedRows,
  typeOfRow,
  type Selection,
} from './matching.js';

/** More groups than anybody reads are not told: narrow the selection. */
const mostGroups = 500;

/** Messages that are parked for the same reason; `examples` are at most five of their ids, oldest first. */
export interface ParkedGroup {
  readonly group: string;
  readonly connector: string;
  readonly code: string;
  /** The reason, without what differs from one message to the next. */
  readonly cause: string;
  readonly count: number;
  readonly tenants: readonly { readonly tenant: string; readonly count: number }[];
  readonly types: readonly string[];
  /** The whole reason of one of them. */
  readonly detail: string | null;
  readonly oldestAt: string;
  readonly newestAt: string;
  /** How many of them were parked on each of the last days of 24 hours, the last one at the end. */
  readonly perDay: readonly number[];
  readonly lastHour: number;
  readonly examples: readonly {
    readonly tenant: string;
    readonly target: string;
    readonly id: string;
  }[];
}

type Row = Omit<ParkedGroup, 'oldestAt' | 'newestAt'> & {
  readonly oldest: Date;
  readonly newest: Date;
};

const days = 7;

const perDay = sql.join(
  Array.from({ length: days }, (_, index) => {
    const ago = days - index;
    return sql`count(*) filter (where due_at > now() - make_interval(days => ${ago})
      and due_at <= now() - make_interval(days => ${ago - 1}))::int`;
  }),
);

/** What is parked, by connector, code and cause over all tenants; the largest first. */
export const readGroups = (database: Database, selection: Selection): Promise<ParkedGroup[]> =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<Row>`
      with parked as (
        select ${groupOfRow} as "group", ${connectorOfRow} as connector, ${codeOfRow} as code, w.cause, w.tenant,
          w.target, ${typeOfRow} as type, w.detail, w.due_at, w.message, w.id
        from ${parkedRows} where ${matching(selection)}
      ), tenant as (
        select "group", jsonb_agg(jsonb_build_object('tenant', tenant, 'count', count) order by count desc, tenant) as tenants
        from (select "group", tenant, count(*)::int as count from parked group by 1, 2) as counted group by 1
      )
      select parked."group", min(connector) as connector, min(code) as code, min(cause) as cause, count(*)::int as count,
        min(tenant.tenants::text)::jsonb as tenants, array_agg(distinct type) as types,
        (array_agg(detail order by id))[1] as detail, min(due_at) as oldest, max(due_at) as newest, array[${perDay}] as "perDay",
        (count(*) filter (where due_at > now() - interval '1 hour'))::int as "lastHour",
        array_to_json((array_agg(jsonb_build_object('tenant', parked.tenant, 'target', target, 'id', message) order by id))[1:5])
          as examples
      from parked join tenant using ("group")
      group by parked."group" order by count desc, parked."group" limit ${mostGroups}`.execute(trx);
    return rows.map(({ oldest, newest, ...group }) => ({
      ...group,
      oldestAt: oldest.toISOString(),
      newestAt: newest.toISOString(),
    }));
  });
