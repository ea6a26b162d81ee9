import type { TenantUsage } from './report.js';

/** Fewer than these could be told apart. */
export const leastTenants = 5;

const compared = {
  accepted: ({ accepted }: TenantUsage) => accepted,
  failedShare: ({ delivered, rejected, parked, expired }: TenantUsage) => {
    const failed = rejected + parked + expired;
    return delivered + failed === 0 ? null : failed / (delivered + failed);
  },
  availabilityPercent: ({ availabilityPercent, lines }: TenantUsage) =>
    lines.length === 0 ? null : availabilityPercent,
  p95Ms: ({ criticalTime }: TenantUsage) => criticalTime.p95Ms,
  storedBytes: ({ storedBytes }: TenantUsage) => storedBytes,
} as const satisfies Readonly<Record<string, (usage: TenantUsage) => number | null>>;

/** What tenants are compared by. */
export type Compared = keyof typeof compared;

/** Where one tenant stands among all, none of which is named. */
export interface Comparison {
  readonly measure: Compared;
  readonly own: number;
  readonly median: number;
  /** Share of the others, in percent, that have less; half of those that have as much. */
  readonly percentile: number;
  readonly tenants: number;
}

const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

/** Compares a tenant with all that were used in the month; a measure that fewer than five have is left out. */
export const compare = (all: readonly TenantUsage[], tenant: string): Comparison[] => {
  const used = all.filter(({ accepted, delivered }) => accepted + delivered > 0);
  const mine = used.find((one) => one.tenant === tenant);
  if (!mine) return [];
  return (Object.keys(compared) as Compared[]).flatMap((measure) => {
    const own = compared[measure](mine);
    const values = used.map(compared[measure]).filter((value) => value !== null);
    if (own === null || values.length < leastTenants) return [];
    const less = values.filter((value) => value < own).length;
    const same = values.filter((value) => value === own).length - 1;
    const percentile = Math.round((100 * (less + same / 2)) / (values.length - 1));
    return [{ measure, own, median: medianOf(values), percentile, tenants: values.length }];
  });
};
