import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import { readVersion, recordChange, requireVersion, type Author } from './changes.js';
import { refuseShared } from './claims.js';
import type { DeclaredTenant } from './declaration.js';
import { desire, type Desired } from './desired.js';
import { planRemoval, planTenant, type Act, type Plan } from './plan.js';
import { readPossession, type DeploymentKeys } from './possession.js';
import type { SecretEnds, SecretValues } from './secret-values.js';
import { readStored } from './stored.js';
import { write } from './write.js';
import { DeclarationBroken, type PlacedComplaint } from './yaml-source.js';

export interface ApplyOptions {
  /** With the rights of the owner, or of `lbbus_configure`. */
  readonly database: Pick<Database, 'scoped'>;
  readonly keys: DeploymentKeys;
  readonly values: SecretValues;
  /** Days on which secrets end, by tenant and name, for those of which it is said. */
  readonly ends?: SecretEnds;
  /** Nobody in particular where it is left out. */
  readonly author?: Author;
  /** Done in the transaction that changes a tenant: neither stands without the other. */
  readonly beside?: (trx: Scoped, plan: Plan) => Promise<void>;
  /** Also removes tenants that are stored and not declared. */
  readonly prune: boolean;
}

/** A declaration that fits what is stored, ready to be written. */
export interface Prepared {
  readonly plans: readonly Plan[];
  /** Of each tenant the version that the plan starts from; 0 for one that is not there yet. */
  readonly versions: ReadonlyMap<string, number>;
  /** Writes the plans, a transaction for each tenant. Answers the hook tokens made, by tenant and connector, to be shown once. */
  readonly apply: () => Promise<readonly NewToken[]>;
}

const nobody: Author = { by: 'apply', via: 'apply', reason: '' };
const neverSaid: SecretEnds = () => undefined;

export interface NewToken {
  readonly tenant: string;
  readonly connector: string;
  readonly token: string;
}

/** One at a time changes a tenant, until its transaction ends. */
export const lockTenant = (trx: Scoped, tenant: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`lb-bus tenant ${tenant}`}, 0))`.execute(trx);

const isRemoval = ({ act }: Act): boolean => act.startsWith('remove-');

/** Several lines may tell of one act. What goes, goes first: its token or client may come back under another name. */
const actsOf = ({ changes }: Plan): Act[] => {
  const acts = [...new Set(changes.map(({ act }) => act))];
  return [...acts.filter(isRemoval), ...acts.filter((act) => !isRemoval(act))];
};

const applyDesired = (
  { desired, version }: Resolved,
  { database, keys, author = nobody, beside }: ApplyOptions,
): Promise<void> =>
  database.scoped(desired.tenant.id, async (trx) => {
    const tenant = desired.tenant.id;
    await lockTenant(trx, tenant);
    await requireVersion(trx, tenant, version);
    const possession = await readPossession(trx, tenant, keys);
    const writing = { trx, tenant, keys, possession };
    const plan = planTenant(desired, possession);
    if (plan.changes.length === 0) return;
    for (const act of actsOf(plan)) await write(act, writing);
    await recordChange(trx, tenant, { author, lines: plan.changes });
    await beside?.(trx, plan);
  });

const applyRemoval = (tenant: string, { database, keys, beside }: ApplyOptions): Promise<void> =>
  database.scoped(tenant, async (trx) => {
    await lockTenant(trx, tenant);
    await write({ act: 'remove-tenant' }, { trx, tenant, keys, possession: null });
    await beside?.(trx, planRemoval(tenant));
  });

interface Resolved {
  readonly desired: Desired;
  readonly plan: Plan;
  /** Of what was compared with: another when it is written means that somebody came between. */
  readonly version: number;
}

const desireAndPlan = async (
  one: DeclaredTenant,
  { database, keys, values, ends }: ApplyOptions,
): Promise<Resolved> =>
  database.scoped(one.declared.tenant, async (trx) => {
    const version = await readVersion(trx, one.declared.tenant);
    const possession = await readPossession(trx, one.declared.tenant, keys);
    const kept = {
      stored: possession?.stored ?? null,
      secretNames: new Set(possession?.secrets.keys()),
    };
    const desired = desire(one, kept, { values, ends: ends ?? neverSaid });
    return { desired, plan: planTenant(desired, possession), version };
  });

/** All or nothing of the resolving: complaints of every tenant come together. */
const resolveAll = async (declared: readonly DeclaredTenant[], options: ApplyOptions) => {
  const resolved: Awaited<ReturnType<typeof desireAndPlan>>[] = [];
  const complaints: PlacedComplaint[] = [];
  for (const one of declared)
    try {
      resolved.push(await desireAndPlan(one, options));
    } catch (error) {
      if (!(error instanceof DeclarationBroken)) throw error;
      complaints.push(...error.complaints);
    }
  if (complaints.length > 0) throw new DeclarationBroken(complaints);
  return resolved;
};

/**
 * Compares a checked declaration with what is stored; writes nothing yet. Throws `DeclarationBroken` where a secret has
 * no value or a key serves two; `apply` throws `ChangedMeanwhile` where a tenant is no longer what was compared with.
 */
export const prepare = async (
  declared: readonly DeclaredTenant[],
  options: ApplyOptions,
): Promise<Prepared> => {
  const stored = await options.database.scoped('*', readStored);
  const resolved = await resolveAll(declared, options);
  const desired = resolved.map((one) => one.desired);
  refuseShared(stored, desired, declared);
  const names = new Set(desired.map(({ tenant }) => tenant.id));
  const removed = options.prune
    ? stored.tenants.map(({ id }) => id).filter((id) => !names.has(id))
    : [];
  return {
    plans: [...resolved.map(({ plan }) => plan), ...removed.map(planRemoval)],
    versions: new Map(resolved.map((one) => [one.desired.tenant.id, one.version])),
    apply: async () => {
      for (const one of resolved) await applyDesired(one, options);
      for (const tenant of removed) await applyRemoval(tenant, options);
      return desired.flatMap(({ tenant, newTokens }) =>
        [...newTokens].map(([connector, token]) => ({ tenant: tenant.id, connector, token })),
      );
    },
  };
};
