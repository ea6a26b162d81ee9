import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import type { MonitoringMetrics } from '#runtime/metrics.js';
import type { Directory } from '#tenants/directory.js';

/** More codes than this at one line are shown as one: 300 tenants with 12 lines each stay countable. */
const codesShown = 2;

interface WaitingRow {
  readonly tenant: string;
  readonly target: string;
  /** Null for what is not parked. */
  readonly code: string | null;
  readonly count: number;
  /** 0 for what is parked. */
  readonly oldest_seconds: number;
}

export interface WaitingGauges {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly metrics: Pick<MonitoringMetrics, 'oldestWaiting' | 'parked'>;
}

/** The most frequent code comes first at each line. What is parked may be much: an index answers that, without the rows. */
const readWaiting = (database: Database): Promise<readonly WaitingRow[]> =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<WaitingRow>`
      select tenant, target, coalesce(code, 'unclassified') as code, count(*)::int as count, 0::float8 as oldest_seconds
      from delivery.waiting where state = 'parked' group by 1, 2, 3
      union all
      select tenant, target, null, count(*)::int, extract(epoch from clock_timestamp() - min(created_at))::float8
      from delivery.waiting where state <> 'parked' group by 1, 2
      order by 1, 2, count desc, code`.execute(trx);
    return rows;
  });

/** Per code what is parked at one line, the rest under `other` where there are more codes than are shown. */
const shownCodes = (
  parked: readonly Pick<WaitingRow, 'code' | 'count'>[],
): readonly (readonly [string, number])[] => {
  const codes = parked.map(({ code, count }) => [code ?? '', count] as const);
  if (codes.length <= codesShown) return codes;
  const shown = codes.slice(0, codesShown - 1);
  const rest = codes.slice(codesShown - 1).reduce((sum, [, count]) => sum + count, 0);
  return [...shown, ['other', rest]];
};

/** Shows since when messages wait, and what is parked, at the lines that there are. */
export const refreshWaiting = async ({
  database,
  directory,
  metrics,
}: WaitingGauges): Promise<void> => {
  const rows = await readWaiting(database);
  const { tenants } = directory();
  const there = rows.filter(({ tenant, target }) => tenants.get(tenant)?.connectors.has(target));
  metrics.oldestWaiting.reset();
  metrics.parked.reset();
  const parked = new Map<string, WaitingRow[]>();
  for (const row of there) {
    const { tenant, target, code, oldest_seconds } = row;
    if (code === null) metrics.oldestWaiting.set({ tenant, connector: target }, oldest_seconds);
    else parked.set(`${tenant}/${target}`, [...(parked.get(`${tenant}/${target}`) ?? []), row]);
  }
  for (const [line, ofLine] of parked) {
    const [tenant = '', connector = ''] = line.split('/');
    for (const [code, count] of shownCodes(ofLine))
      metrics.parked.set({ tenant, connector, code }, count);
  }
};
