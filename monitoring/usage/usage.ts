import type { Database } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import { reaches, type Reach } from '../people/person.js';
import { compare } from './compare.js';
import { monthBefore, monthNamed, monthOf } from './month.js';
import { readCounted, readDays, readMonths, readRowBytes, readStill, readStored } from './read.js';
import { reportOf, type TenantUsage } from './report.js';
import type { UsageSettings } from './settings.js';

interface Needs {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly usage: UsageSettings;
}

const monthsShown = 13;

const totalsOf = (tenants: readonly TenantUsage[]) => {
  const sum = (amount: (usage: TenantUsage) => number): number =>
    tenants.reduce((total, usage) => total + amount(usage), 0);
  return {
    accepted: sum(({ accepted }) => accepted),
    delivered: sum(({ delivered }) => delivered),
    failed: sum(({ rejected, parked, expired }) => rejected + parked + expired),
    bytesIn: sum(({ bytesIn }) => bytesIn),
    bytesOut: sum(({ bytesOut }) => bytesOut),
    storedBytes: sum(({ storedBytes }) => storedBytes),
    costCents: sum(({ cost }) => cost?.totalCents ?? 0),
  };
};

/** What each tenant used in a month, of all of them. Throws what PostgreSQL throws. */
const readReport = async (
  { database, directory, usage }: Needs,
  name: string,
): Promise<TenantUsage[]> => {
  const month = monthNamed(name);
  const facts = await database.scoped('*', async (trx) => ({
    counted: await readCounted(trx, month),
    still: await readStill(trx, month),
    stored: await readStored(trx, month, usage.keeping),
    rowBytes: await readRowBytes(trx),
  }));
  return reportOf({
    ...facts,
    ...{ month, now: new Date(), directory: directory(), agreements: usage.agreements },
  });
};

/** Which month, and whose: all tenants that are reached, or the one that is named. */
export interface Asked {
  readonly month: string | undefined;
  readonly tenant: string | undefined;
  readonly reach: Reach;
}

/** The tenants of the month that the person reaches, each with its lines. Throws what PostgreSQL throws. */
export const readTenants = async (needs: Needs, { month, tenant, reach }: Asked) => {
  const name = month ?? monthOf(new Date());
  const all = await readReport(needs, name);
  const tenants = all.filter(
    (usage) =>
      reaches({ tenants: reach }, usage.tenant) && (tenant ?? usage.tenant) === usage.tenant,
  );
  return { name, all, tenants };
};

const spansOf = (database: Database, name: string, reach: Reach) =>
  database.scoped('*', async (trx) => ({
    days: await readDays(trx, monthNamed(name), reach),
    months: await readMonths(trx, { first: monthBefore(name, monthsShown - 1), last: name }, reach),
  }));

/**
 * A month as it is told: sums, day by day, the months before, each tenant; with its lines and where it stands among all where it
 * is only one. Throws what PostgreSQL throws.
 */
export const readUsage = async (needs: Needs, asked: Asked) => {
  const { name, all, tenants } = await readTenants(needs, asked);
  const { agreements } = needs.usage;
  const reach = asked.tenant === undefined ? asked.reach : new Set([asked.tenant]);
  const [only, ...others] = tenants;
  const { from, until } = monthNamed(name);
  return {
    month: name,
    from: from.toISOString(),
    until: until.toISOString(),
    ended: until.getTime() <= Date.now(),
    currency: agreements.prices?.currency ?? null,
    totals: totalsOf(tenants),
    ...(await spansOf(needs.database, name, reach)),
    tenants: tenants.map(({ lines, ...usage }) => ({ ...usage, lineCount: lines.length })),
    one: only && others.length === 0 ? { ...only, comparisons: compare(all, only.tenant) } : null,
  };
};

export type Usage = Awaited<ReturnType<typeof readUsage>>;
