import type { Directory } from '#tenants/directory.js';
import type { Agreed, Agreements } from './agreements.js';
import { costOf, type Cost } from './cost.js';
import type { Month } from './month.js';
import type { CountedRow, StillRow, StoredRow } from './read.js';
import { cameIn, carriedBy, talliesOf, together, type Carried, type Tally } from './tally.js';

/** Whether what was agreed was kept; null where nothing says so. */
export interface Kept {
  readonly availability: boolean;
  readonly criticalTime: boolean | null;
}

/** One connector instance of a tenant in a month. */
export interface LineUsage extends Carried {
  readonly target: string;
  /** Null where the tenant has it no more. */
  readonly connector: string | null;
  readonly stillSeconds: number;
  readonly availabilityPercent: number;
  readonly kept: Kept;
}

/** One tenant in a month. */
export interface TenantUsage extends Carried, ReturnType<typeof cameIn> {
  readonly tenant: string;
  /** Its id, where the tenant is there no more. */
  readonly name: string;
  readonly storedBytes: number;
  readonly availabilityPercent: number;
  readonly agreed: Agreed;
  readonly kept: Kept;
  readonly cost: Cost | null;
  readonly lines: readonly LineUsage[];
}

/** What the report of a month is made of. */
export interface Facts {
  readonly month: Month;
  readonly now: Date;
  readonly counted: readonly CountedRow[];
  readonly still: readonly StillRow[];
  readonly stored: readonly StoredRow[];
  readonly rowBytes: number;
  readonly directory: Directory;
  readonly agreements: Agreements;
}

const keyOf = (tenant: string, target: string): string => `${tenant}/${target}`;

/** Share of the time in percent, to the thousandth, cut off: what stood still never shows as whole. */
const percentOf = (part: number, whole: number): number =>
  whole <= 0 ? 100 : Math.max(0, Math.floor((1 - part / whole) * 100_000) / 1_000);

const keptOf = (agreed: Agreed, percent: number, p95Ms: number | null): Kept => ({
  availability: percent >= agreed.availabilityPercent,
  criticalTime: p95Ms === null ? null : p95Ms <= agreed.withinMs,
});

/** Seconds of the month that have been. */
const lengthOf = ({ month, now }: Pick<Facts, 'month' | 'now'>): number =>
  Math.max(0, Math.min(month.until.getTime(), now.getTime()) - month.from.getTime()) / 1_000;

const linesOf = (
  facts: Facts,
  tenant: string,
  tallies: ReadonlyMap<string, Tally>,
): LineUsage[] => {
  const { directory, agreements } = facts;
  const instances =
    directory.tenants.get(tenant)?.connectors ?? new Map<string, { connector: string }>();
  const still = new Map(facts.still.map((row) => [keyOf(row.tenant, row.target), row.seconds]));
  const targets = new Set([
    ...instances.keys(),
    ...[...tallies.keys()].filter((target) => target !== ''),
  ]);
  return [...targets].sort().map((target) => {
    const carried = carriedBy(tallies.get(target));
    const stillSeconds = Math.round(still.get(keyOf(tenant, target)) ?? 0);
    const availabilityPercent = percentOf(stillSeconds, lengthOf(facts));
    return {
      target,
      connector: instances.get(target)?.connector ?? null,
      ...carried,
      ...{ stillSeconds, availabilityPercent },
      kept: keptOf(agreements.agreedWith(tenant), availabilityPercent, carried.criticalTime.p95Ms),
    };
  });
};

/** A line that carried something is charged. */
const isUsed = ({ delivered, rejected, parked, expired }: Carried): boolean =>
  delivered + rejected + parked + expired > 0;

const tenantOf = (
  facts: Facts,
  tenant: string,
  tallies: ReadonlyMap<string, Tally>,
): TenantUsage => {
  const { agreements, directory, rowBytes } = facts;
  const lines = linesOf(facts, tenant, tallies);
  const { bodyBytes = 0, messages = 0 } = facts.stored.find((row) => row.tenant === tenant) ?? {};
  const storedBytes = Math.round(bodyBytes + messages * rowBytes);
  const door = cameIn(tallies.get(''));
  const carried = together(
    [...tallies].flatMap(([target, tally]) => (target === '' ? [] : [tally])),
  );
  const agreed = agreements.agreedWith(tenant);
  const stillSeconds = lines.reduce((sum, line) => sum + line.stillSeconds, 0);
  const availabilityPercent = percentOf(stillSeconds, lengthOf(facts) * lines.length);
  return {
    tenant,
    name: directory.tenants.get(tenant)?.name ?? tenant,
    ...door,
    ...carried,
    ...{ storedBytes, availabilityPercent, agreed },
    kept: {
      availability: lines.every(({ kept }) => kept.availability),
      criticalTime: keptOf(agreed, 100, carried.criticalTime.p95Ms).criticalTime,
    },
    cost:
      agreements.prices &&
      costOf(agreements.prices, {
        tenantMonth: 1,
        connectorMonth: lines.filter(isUsed).length,
        message: door.accepted,
        gigabyteMoved: door.bytesIn + carried.bytesOut,
        gigabyteStored: storedBytes,
      }),
    lines,
  };
};

/** Every tenant that is there or was used in the month, by name. */
export const reportOf = (facts: Facts): TenantUsage[] => {
  const tallies = talliesOf(facts.counted);
  const tenants = new Set([...facts.directory.tenants.keys(), ...tallies.keys()]);
  return [...tenants]
    .map((tenant) => tenantOf(facts, tenant, tallies.get(tenant) ?? new Map<string, Tally>()))
    .sort((one, other) => one.name.localeCompare(other.name, 'nl'));
};
