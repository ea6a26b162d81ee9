import type { Severity } from '../../../health/health.ts';
import type { ToldTenant } from '../../../health/overview.ts';

/** By what the tenants can be put together. */
export const groupings = ['state', 'name', 'system'] as const;

export type Grouping = (typeof groupings)[number];

/** The severities, worst first. */
export const severities: readonly Severity[] = ['bad', 'attention', 'fine', 'untried', 'off'];

/** What is shown of all tenants. */
export interface Wish {
  readonly grouping: Grouping;
  readonly text: string;
  /** Only these; all where there are none. */
  readonly severity: Severity | null;
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The tenants that are asked for: every word of the text is in their name, their id or the name of one of their systems. */
export const wished = (
  tenants: readonly ToldTenant[],
  { text, severity }: Wish,
): readonly ToldTenant[] => {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return tenants.filter((tenant) => {
    if (severity !== null && tenant.severity !== severity) return false;
    const all = plain(
      [tenant.name, tenant.id, ...tenant.lines.map(({ target }) => target)].join(' '),
    );
    return words.every((word) => all.includes(word));
  });
};

/** The tenants under a key, in the order in which the keys are met. */
export const grouped = (
  tenants: readonly ToldTenant[],
  keysOf: (tenant: ToldTenant) => readonly string[],
): ReadonlyMap<string, readonly ToldTenant[]> => {
  const groups = new Map<string, ToldTenant[]>();
  for (const tenant of tenants)
    for (const key of keysOf(tenant)) {
      const group = groups.get(key);
      if (group) group.push(tenant);
      else groups.set(key, [tenant]);
    }
  return groups;
};

/** The tenant as far as one kind of system concerns it: its worst line of that kind, and the causes there. */
export const onlyWith = (tenant: ToldTenant, connector: string): ToldTenant => {
  const lines = tenant.lines.filter((line) => line.connector === connector);
  const targets = new Set(lines.map(({ target }) => target));
  const places = lines.map(({ severity }) => severities.indexOf(severity));
  return {
    ...tenant,
    lines,
    causes: tenant.causes.filter(({ target }) => targets.has(target)),
    severity: severities[Math.min(...places)] ?? 'untried',
  };
};
