import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import { reaches, type Reach } from '../people/person.js';
import { within } from '../people/reach.js';

/** Counts of one line: a target of a tenant. `delivered` in the last 24 hours, the others now. */
export interface LineCounts {
  readonly delivered: number;
  readonly accepted: number;
  readonly waiting: number;
  readonly held: number;
  readonly parked: number;
}

const none: LineCounts = { delivered: 0, accepted: 0, waiting: 0, held: 0, parked: 0 };

interface CountRow {
  readonly tenant: string;
  readonly target: string;
  readonly status: string;
  readonly count: number;
}

/** What stands comes from an index that holds nothing else; what was delivered from the counts by the hour. */
const readCounts = (database: Database, reach: Reach): Promise<readonly CountRow[]> =>
  database.scoped('*', async (trx) => {
    const reached = within(reach, sql.ref('tenant'));
    const { rows } = await sql<CountRow>`
      select tenant, target, status, count(*)::int as count from monitoring.target
      where status in ('accepted', 'waiting', 'held', 'parked') and ${reached} group by 1, 2, 3
      union all
      select tenant, target, measure, sum(amount)::int from monitoring.usage
      where at > now() - interval '24 hours' and measure = 'delivered' and ${reached} group by 1, 2, 3`.execute(
      trx,
    );
    return rows;
  });

const reachedOf = (directory: Directory, reach: Reach) =>
  [...directory.tenants.values()]
    .filter(({ id }) => reaches({ tenants: reach }, id))
    .sort((one, other) => one.name.localeCompare(other.name, 'nl'));

/** Every tenant that is reached, by name, with the names of its connector instances: what one can choose from. */
export const namesOf = (directory: Directory, reach: Reach) =>
  reachedOf(directory, reach).map(({ id, name, connectors }) => ({
    id,
    name,
    targets: [...connectors.keys()].sort((one, other) => one.localeCompare(other, 'nl')),
  }));

/** As they are told to the console. */
export type TenantNames = ReturnType<typeof namesOf>[number];

/** Every tenant that is reached, with every connector instance and what stands there, in the order of the names. */
export const readOverview = async (database: Database, directory: Directory, reach: Reach) => {
  const counts = new Map<string, Record<string, number>>();
  for (const { tenant, target, status, count } of await readCounts(database, reach)) {
    const key = `${tenant}|${target}`;
    counts.set(key, { ...counts.get(key), [status]: count });
  }
  return reachedOf(directory, reach).map(({ id, name, kbo, bestuurseenheid, connectors }) => ({
    id,
    name,
    kbo,
    bestuurseenheid,
    targets: [...connectors.values()]
      .sort((one, other) => one.name.localeCompare(other.name, 'nl'))
      .map((instance) => ({
        target: instance.name,
        connector: instance.connector,
        enabled: instance.enabled,
        counts: { ...none, ...counts.get(`${id}|${instance.name}`) },
      })),
  }));
};
