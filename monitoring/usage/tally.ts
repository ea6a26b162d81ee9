import { addedCounts, criticalPercentile, type CriticalCounts } from './critical.js';
import type { CountedRow } from './read.js';

/** What was counted at one place (the door of a tenant, or a target), in sums. */
export interface Tally {
  readonly amounts: ReadonlyMap<string, number>;
  readonly critical: CriticalCounts;
}

const nothing: Tally = { amounts: new Map(), critical: new Map() };

interface Growing {
  readonly amounts: Map<string, number>;
  readonly critical: Map<number, number>;
}

const put = ({ amounts, critical }: Growing, { measure, amount }: CountedRow): void => {
  const [kind = '', number = ''] = measure.split(':');
  if (kind === 'critical') critical.set(Number(number), amount);
  else amounts.set(measure, amount);
};

/** The tallies of a month by tenant and target; the door of a tenant is the target ''. */
export const talliesOf = (
  rows: readonly CountedRow[],
): ReadonlyMap<string, ReadonlyMap<string, Tally>> => {
  const tenants = new Map<string, Map<string, Growing>>();
  for (const row of rows) {
    const targets = tenants.get(row.tenant) ?? new Map<string, Growing>();
    const tally = targets.get(row.target) ?? { amounts: new Map(), critical: new Map() };
    put(tally, row);
    tenants.set(row.tenant, targets.set(row.target, tally));
  }
  return tenants;
};

const amountsOf = ({ amounts }: Tally) => {
  const of = (measure: string): number => amounts.get(measure) ?? 0;
  return {
    delivered: of('delivered'),
    rejected: of('rejected'),
    parked: of('parked'),
    expired: of('expired'),
    discarded: of('discarded'),
    retries: of('retry'),
    bytesOut: of('bytes-out'),
    calls: Object.fromEntries(
      [...amounts]
        .filter(([measure]) => measure.startsWith('calls:'))
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([measure, amount]) => [measure.slice('calls:'.length), amount]),
    ) as Readonly<Record<string, number>>,
  };
};

/** The times within which half and 95 % was delivered; null where nothing was. */
export interface CriticalTime {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

const criticalTimeOf = (counts: CriticalCounts): CriticalTime => ({
  p50Ms: criticalPercentile(counts, 0.5),
  p95Ms: criticalPercentile(counts, 0.95),
});

/** What a line carried in a month. */
export type Carried = ReturnType<typeof amountsOf> & { readonly criticalTime: CriticalTime };

export const carriedBy = (tally: Tally = nothing): Carried => ({
  ...amountsOf(tally),
  criticalTime: criticalTimeOf(tally.critical),
});

/** What came in at the door of a tenant. */
export const cameIn = ({ amounts }: Tally = nothing) => ({
  accepted: amounts.get('accepted') ?? 0,
  answered: amounts.get('answered') ?? 0,
  bytesIn: amounts.get('bytes-in') ?? 0,
});

/** Lines taken together. */
export const together = (tallies: readonly Tally[]): Carried => {
  const amounts = new Map<string, number>();
  for (const tally of tallies)
    for (const [measure, amount] of tally.amounts)
      amounts.set(measure, (amounts.get(measure) ?? 0) + amount);
  return carriedBy({ amounts, critical: addedCounts(tallies.map(({ critical }) => critical)) });
};
