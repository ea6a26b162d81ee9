import type { Told } from '#oslo/told.js';
import type { Difference } from './difference.js';
import type { Scoped } from '#runtime/database.js';
import { bareState, type TenantState } from './differences.js';
import { readStored } from './stored.js';
import { tell } from './tell.js';

/** Who changes a tenant, by which way and why: stands beside the change. */
export interface Author {
  readonly by: string;
  readonly via: 'apply' | 'keys' | 'console';
  readonly reason: string;
}

/** One change as it was recorded. */
export interface RecordedChange extends Author {
  readonly version: number;
  readonly at: Date;
  readonly words: readonly string[];
}

const changedMeanwhile = (tenant: string, last: RecordedChange | undefined): Told =>
  last
    ? tell('changed-meanwhile-by', { tenant, by: last.by, words: last.words.join('; ') })
    : tell('changed-meanwhile', { tenant });

/** Raised where a tenant is no longer what was read: `since` tells who changed what meanwhile. */
export class ChangedMeanwhile extends Error {
  readonly told: Told;
  readonly since: readonly RecordedChange[];

  constructor(tenant: string, since: readonly RecordedChange[]) {
    const told = changedMeanwhile(tenant, since.at(-1));
    super(told('en'));
    this.name = 'ChangedMeanwhile';
    this.told = told;
    this.since = since;
  }
}

/** Which change of the tenant was the last; 0 before the first that is recorded. */
export const readVersion = async (trx: Scoped, tenant: string): Promise<number> => {
  const row = await trx
    .selectFrom('tenants.change')
    .select('version')
    .where('tenant', '=', tenant)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.version ?? 0;
};

/** Changes after a version, oldest first. */
export const readChanges = async (
  trx: Scoped,
  tenant: string,
  after: number,
): Promise<RecordedChange[]> =>
  trx
    .selectFrom('tenants.change')
    .select(['version', 'at', 'by', 'via', 'reason', 'words'])
    .where('tenant', '=', tenant)
    .where('version', '>', after)
    .orderBy('version')
    .execute();

/** Throws `ChangedMeanwhile` where the tenant is at another version than was read. */
export const requireVersion = async (
  trx: Scoped,
  tenant: string,
  version: number,
): Promise<void> => {
  if ((await readVersion(trx, tenant)) !== version)
    throw new ChangedMeanwhile(tenant, await readChanges(trx, tenant, version));
};

/** Records a change in the transaction that makes it, with the tenant as it stands then. */
export const recordChange = async (
  trx: Scoped,
  tenant: string,
  { author, lines }: { readonly author: Author; readonly lines: readonly Difference[] },
): Promise<void> => {
  const stored = (await readStored(trx)).tenants.find(({ id }) => id === tenant);
  if (!stored) return;
  await trx
    .insertInto('tenants.change')
    .values({
      tenant,
      version: (await readVersion(trx, tenant)) + 1,
      ...author,
      words: lines.map(({ sign, words }) => `${sign} ${words}`),
      state: JSON.stringify(bareState(stored)),
    })
    .execute();
};

/** The tenant as the last applied declaration left it; null where none was since changes are recorded. */
export const readLastApplied = async (
  trx: Scoped,
  tenant: string,
): Promise<(RecordedChange & { readonly state: TenantState }) | null> => {
  const row = await trx
    .selectFrom('tenants.change')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('via', '=', 'apply')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { ...row, state: row.state as unknown as TenantState } : null;
};
