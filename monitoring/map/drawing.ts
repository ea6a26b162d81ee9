import type { Severity } from '../health/health.js';
import type { ToldCause } from '../health/overview.js';

/** What a part of the map is: who sends, the bus, what is delivered to. */
export type NodeKind = 'application' | 'bus' | 'system' | 'endpoint' | 'neighbour';

/** A box on the map. */
export interface MapNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** As the tenant calls it. */
  readonly name: string;
  /** What kind of system it is; null where the name says it. */
  readonly title: string | null;
  /** Null where nothing is judged: an application comes when it wants. */
  readonly severity: Severity | null;
  /** How many tenants have it; 1 on the map of one. */
  readonly tenants: number;
}

/** How much of one OSLO type went over a flow; `month` is null where it is not counted by type. */
export interface TypeVolume {
  readonly type: string;
  readonly day: number;
  readonly month: number | null;
}

/** A line on the map, in the direction in which messages go. */
export interface MapFlow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  /** What goes over it, in a few words. */
  readonly carries: string;
  readonly day: number;
  readonly month: number | null;
  /** From accepted until delivered, over the last day; null where nothing was or where it is not delivered to. */
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
  readonly severity: Severity | null;
  readonly causes: readonly ToldCause[];
  readonly tenants: number;
  /** Those that were seen or declared, the most first. */
  readonly types: readonly TypeVolume[];
}

/** The map of one tenant, or of all of them together. */
export interface Drawing {
  readonly at: string;
  /** Null where it is of all that are reached. */
  readonly tenant: { readonly id: string; readonly name: string } | null;
  readonly nodes: readonly MapNode[];
  readonly flows: readonly MapFlow[];
}

export const busNode: MapNode = {
  id: 'bus',
  kind: 'bus',
  name: 'LB-bus',
  title: null,
  severity: null,
  tenants: 1,
};

/** How applications reach the bus, whatever they are. */
export const door = { protocol: 'REST', carries: 'CloudEvents, JSON-LD in OSLO' } as const;

const plus = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other;

const bySize = (one: TypeVolume, other: TypeVolume): number =>
  (other.month ?? 0) - (one.month ?? 0) ||
  other.day - one.day ||
  one.type.localeCompare(other.type);

const together = (one: TypeVolume, other: TypeVolume): TypeVolume => ({
  type: one.type,
  day: one.day + other.day,
  month: plus(one.month, other.month),
});

/** Adds up what has the same type; what was declared and never seen counts nothing. The most first. */
export const typesOf = (
  seen: readonly TypeVolume[],
  declared: Iterable<string> = [],
): readonly TypeVolume[] => {
  const types = new Map<string, TypeVolume>();
  for (const { type, day, month } of seen) {
    const before = types.get(type);
    types.set(type, before ? together(before, { type, day, month }) : { type, day, month });
  }
  const month = seen.some((one) => one.month === null) ? null : 0;
  for (const type of declared) if (!types.has(type)) types.set(type, { type, day: 0, month });
  return [...types.values()].sort(bySize);
};

/** The volume of all types together. */
export const volumeOf = (
  types: readonly TypeVolume[],
): { readonly day: number; readonly month: number | null } => ({
  day: types.reduce((sum, { day }) => sum + day, 0),
  month: types.reduce<number | null>((sum, { month }) => plus(sum, month), 0),
});

/** Milliseconds as seconds; null stays. */
export const secondsOf = (ms: number | null | undefined): number | null =>
  ms === null || ms === undefined ? null : ms / 1_000;
