import type { Difference } from '#tenants/difference.js';
import { prepare, type Prepared } from '#tenants/apply.js';
import { ChangedMeanwhile, readChanges, readVersion } from '#tenants/changes.js';
import { checkDeclaration } from '#tenants/declaration-rules.js';
import { declaredTenant, type DeclaredTenant } from '#tenants/declaration.js';
import { declaredOf } from '#tenants/declared-of.js';
import { findLeftBehind } from '#tenants/left-behind.js';
import type { Act, Plan } from '#tenants/plan.js';
import { readStored, type StoredTenant } from '#tenants/stored.js';
import { surroundingsOf } from '#tenants/surroundings.js';
import type { Scoped } from '#runtime/database.js';
import { recordAction } from '../operators/action.js';
import type { Person } from '../people/person.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import type { Parts } from '../parts.js';
import { refuseBeyond } from './limits.js';
import { checkValues, endsOf, valuesOf } from './secrets.js';
import type { GivenSecrets, Planned, Saved } from './shown.js';

/** What somebody wants a tenant to be. */
export interface Wish {
  readonly person: Person;
  readonly tenant: string;
  /** The version that was read; null for a tenant that is to be made. */
  readonly version: number | null;
  readonly declaration: object;
  readonly secrets: GivenSecrets;
  readonly reason: string;
}

const storedOf = async (
  { configuring }: Parts,
  tenant: string,
): Promise<{ readonly stored: StoredTenant | null; readonly version: number }> =>
  configuring.database.scoped(tenant, async (trx) => ({
    stored: (await readStored(trx)).tenants.find(({ id }) => id === tenant) ?? null,
    version: await readVersion(trx, tenant),
  }));

const refuseOther = async (parts: Parts, { tenant, version }: Wish): Promise<void> => {
  const now = await storedOf(parts, tenant);
  if (version === null && now.stored)
    throw new ProblemError('conflict', tell('tenant-known', { tenant }));
  if (version !== null && !now.stored)
    throw new ProblemError('not-found', tell('tenant-unknown', { tenant }));
  if (version !== null && now.version !== version) {
    const since = await parts.configuring.database.scoped(tenant, (trx) =>
      readChanges(trx, tenant, version),
    );
    throw new ChangedMeanwhile(tenant, since);
  }
};

const declaredIn = ({ tenant, declaration }: Wish): DeclaredTenant => {
  const declared = declaredTenant(declaration);
  if (declared.declared.tenant !== tenant)
    throw new ProblemError(
      'bad-request',
      tell('tenant-renamed', { declared: declared.declared.tenant, tenant }),
    );
  return declared;
};

const nameOf = (act: Act): string => {
  if ('name' in act) return `${act.act.replace(/^\w+-/, '')} ${act.name}`;
  if ('connector' in act) return `connector ${act.connector.name}`;
  if ('credential' in act) return `credential ${act.credential.name}`;
  return act.act.replace(/^\w+-/, '');
};

/** What was changed, by name: the words themselves stand with the change. */
const changedBy = ({ changes }: Plan): string =>
  [...new Set(changes.map(({ act }) => nameOf(act)))].join(', ');

/** The act stands in the transaction of the change. */
const recorded =
  ({ person, tenant, reason, version }: Wish) =>
  async (trx: Scoped, plan: Plan): Promise<void> =>
    recordAction(trx, {
      tenant,
      operator: person.name,
      action: version === null ? 'add-tenant' : 'configure',
      reason,
      subject: { changed: changedBy(plan), version: String(await readVersion(trx, tenant)) },
    });

const linesOf = ({ plans }: Prepared): Difference[] =>
  plans.flatMap(({ changes }) => changes.map(({ sign, words }) => ({ sign, words })));

const prepareWish = async (parts: Parts, wish: Wish) => {
  const declared = declaredIn(wish);
  const connectors = await parts.configuring.connectors();
  checkDeclaration([declared], surroundingsOf(connectors));
  checkValues(declared.declared, wish.secrets, connectors);
  await refuseOther(parts, wish);
  const { stored } = await storedOf(parts, wish.tenant);
  if (stored) refuseBeyond(wish.person, declaredOf(stored), declared.declared);
  const { database, keys } = parts.configuring;
  const prepared = await prepare([declared], {
    ...{ database, keys, prune: false },
    values: valuesOf(wish.secrets),
    ends: endsOf(wish.secrets),
    author: { by: wish.person.name, via: 'console', reason: wish.reason },
    beside: recorded(wish),
  });
  const leftBehind = await findLeftBehind(parts.database, prepared.plans);
  return { prepared, planned: { changes: linesOf(prepared), leftBehind } };
};

/** What a wish would change; writes nothing. */
export const planWish = async (parts: Parts, wish: Wish): Promise<Planned> =>
  (await prepareWish(parts, wish)).planned;

const refuseSealing = ({ configuring }: Parts, { secrets }: Wish): void => {
  const given = Object.values(secrets).some(({ value }) => value !== undefined);
  if (given && !configuring.keys.sealTo)
    throw new ProblemError('not-configured', tell('secrets-unsealable'));
};

/** Makes a tenant what is wished, records who did it, and lets every process hear of it. */
export const saveWish = async (
  parts: Parts,
  wish: Wish,
  { leaveBehind }: { readonly leaveBehind: boolean },
): Promise<Saved> => {
  refuseSealing(parts, wish);
  const { prepared, planned } = await prepareWish(parts, wish);
  if (!leaveBehind && planned.leftBehind.some(({ removed }) => removed))
    throw new ProblemError('conflict', tell('left-behind'));
  const tokens = await prepared.apply();
  const { version } = await storedOf(parts, wish.tenant);
  return { ...planned, version, tokens };
};
