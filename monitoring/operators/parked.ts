import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';

/** Messages that are parked for the same reason; `examples` are at most five of their ids, oldest first. */
export interface ParkedGroup {
  readonly tenant: string;
  readonly target: string;
  readonly code: string;
  readonly detail: string | null;
  readonly count: number;
  readonly oldestAt: string;
  readonly newestAt: string;
  readonly examples: readonly string[];
}

/** What is parked, by group of cause, the largest first. */
export const readParked = (database: Database): Promise<ParkedGroup[]> =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<
      Omit<ParkedGroup, 'oldestAt' | 'newestAt'> & { oldest: Date; newest: Date }
    >`
      select tenant, target, coalesce(code, 'unclassified') as code, detail, count(*)::int as count,
        min(created_at) as oldest, max(created_at) as newest,
        (array_agg(message::text order by id))[1:5] as examples
      from delivery.waiting where state = 'parked'
      group by 1, 2, 3, 4 order by count desc, tenant, target limit 500`.execute(trx);
    return rows.map(({ oldest, newest, ...group }) => ({
      ...group,
      oldestAt: oldest.toISOString(),
      newestAt: newest.toISOString(),
    }));
  });
