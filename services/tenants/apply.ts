import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { complaintAt, type DeclaredTenant } from './declaration.js';
import { desire, type Desired } from './desired.js';
import type { OwnerDatabase } from './owner.js';
import { planRemoval, planTenant, type Act, type Plan } from './plan.js';
import { readPossession, type DeploymentKeys } from './possession.js';
import type { SecretValues } from './secret-values.js';
import { readStored, type Stored } from './stored.js';
import { write } from './write.js';
import { DeclarationBroken } from './yaml-source.js';

export interface ApplyOptions {
  readonly database: OwnerDatabase;
  readonly keys: DeploymentKeys;
  readonly values: SecretValues;
  /** Also removes tenants that are stored and not declared. */
  readonly prune: boolean;
}

/** A declaration that fits what is stored, ready to be written. */
export interface Prepared {
  readonly plans: readonly Plan[];
  /** Writes the plans, a transaction for each tenant. Answers the hook tokens made, by tenant and connector, to be shown once. */
  readonly apply: () => Promise<readonly NewToken[]>;
}

export interface NewToken {
  readonly tenant: string;
  readonly connector: string;
  readonly token: string;
}

type Holders = Map<string, string>;

const claim = (holders: Holders, what: string, holder: string): string | null => {
  const other = holders.get(what);
  holders.set(what, holder);
  return other === undefined || other === holder ? null : other;
};

const claimsOf = ({ connectors, credentials }: Omit<Stored['tenants'][number], 'bodyKey'>) => [
  ...credentials.flatMap(({ name, keyHashes, issuer, clientId }) => [
    ...keyHashes.map((hash) => ({ what: hash, by: `credential ${name}` })),
    ...(issuer === null
      ? []
      : [{ what: JSON.stringify([issuer, clientId]), by: `credential ${name}` }]),
  ]),
  ...connectors.flatMap(({ name, hookTokenHash }) =>
    hookTokenHash === null ? [] : [{ what: hookTokenHash, by: `connector ${name}` }],
  ),
];

/** A key, client or token says who a caller is, so it may serve one only, over all tenants. */
const refuseShared = (
  stored: Stored,
  desired: readonly Desired[],
  declared: readonly DeclaredTenant[],
): void => {
  const replaced = new Set(desired.map(({ tenant }) => tenant.id));
  const all = [
    ...stored.tenants.filter(({ id }) => !replaced.has(id)),
    ...desired.map(({ tenant }) => tenant),
  ];
  const holders: Holders = new Map();
  const complaints: string[] = [];
  for (const tenant of all)
    for (const { what, by } of claimsOf(tenant)) {
      const other = claim(holders, what, `${tenant.id}: ${by}`);
      const place = declared.find((one) => one.declared.tenant === tenant.id)?.placeOf;
      if (other !== null && place)
        complaints.push(
          complaintAt(place, {
            path: [],
            words: `${by} has the same key, client or token as ${other}`,
          }),
        );
    }
  if (complaints.length > 0) throw new DeclarationBroken(complaints);
};

const lock = (trx: Scoped, tenant: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`lb-bus tenant ${tenant}`}, 0))`.execute(trx);

const isRemoval = ({ act }: Act): boolean => act.startsWith('remove-');

/** Several lines may tell of one act. What goes, goes first: its token or client may come back under another name. */
const actsOf = ({ changes }: Plan): Act[] => {
  const acts = [...new Set(changes.map(({ act }) => act))];
  return [...acts.filter(isRemoval), ...acts.filter((act) => !isRemoval(act))];
};

const applyDesired = (desired: Desired, { database, keys }: ApplyOptions): Promise<void> =>
  database.scoped(desired.tenant.id, async (trx) => {
    const tenant = desired.tenant.id;
    await lock(trx, tenant);
    const possession = await readPossession(trx, tenant, keys);
    const writing = { trx, tenant, keys, possession };
    for (const act of actsOf(planTenant(desired, possession, keys))) await write(act, writing);
  });

const applyRemoval = (tenant: string, { database, keys }: ApplyOptions): Promise<void> =>
  database.scoped(tenant, async (trx) => {
    await lock(trx, tenant);
    await write({ act: 'remove-tenant' }, { trx, tenant, keys, possession: null });
  });

const desireAndPlan = async (
  one: DeclaredTenant,
  { database, keys, values }: ApplyOptions,
): Promise<{ readonly desired: Desired; readonly plan: Plan }> =>
  database.scoped(one.declared.tenant, async (trx) => {
    const possession = await readPossession(trx, one.declared.tenant, keys);
    const kept = {
      stored: possession?.stored ?? null,
      secretNames: new Set(possession?.secrets.keys()),
    };
    const desired = desire(one, kept, values);
    return { desired, plan: planTenant(desired, possession, keys) };
  });

/** All or nothing of the resolving: complaints of every tenant come together. */
const resolveAll = async (declared: readonly DeclaredTenant[], options: ApplyOptions) => {
  const resolved: Awaited<ReturnType<typeof desireAndPlan>>[] = [];
  const complaints: string[] = [];
  for (const one of declared)
    try {
      resolved.push(await desireAndPlan(one, options));
    } catch (error) {
      if (!(error instanceof DeclarationBroken)) throw error;
      complaints.push(error.message);
    }
  if (complaints.length > 0) throw new DeclarationBroken(complaints);
  return resolved;
};

/**
 * Compares a checked declaration with what is stored; writes nothing yet. Throws `DeclarationBroken` where a secret has
 * no value or a key serves two.
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
    apply: async () => {
      for (const one of desired) await applyDesired(one, options);
      for (const tenant of removed) await applyRemoval(tenant, options);
      return desired.flatMap(({ tenant, newTokens }) =>
        [...newTokens].map(([connector, token]) => ({ tenant: tenant.id, connector, token })),
      );
    },
  };
};
