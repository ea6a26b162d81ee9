import type { Scoped } from '#runtime/database.js';
import type { KeyRing } from '#runtime/keys.js';
import { unwrapKeys } from './data-keys.js';
import { readStored, type StoredTenant } from './stored.js';

/** What is stored of one tenant, with its keys opened: what "apply" compares a declaration with. */
export interface Possession {
  readonly stored: StoredTenant;
  readonly bodyKeys: KeyRing;
  readonly secretKeys: KeyRing;
  /** Ids of the deployment's keys that wrap them. */
  readonly wrappedBy: { readonly body: string; readonly secret: string };
  /** Fingerprint and version of the newest of each secret. */
  readonly secrets: ReadonlyMap<string, { readonly version: number; readonly fingerprint: Buffer }>;
}

/** The keys of the deployment that wrap the tenants' data keys. */
export interface DeploymentKeys {
  readonly body: KeyRing;
  readonly secret: KeyRing;
}

const wrapperOf = (wrapped: Buffer): string => wrapped.toString('utf8', 2, 2 + (wrapped[1] ?? 0));

const newestSecrets = async (trx: Scoped, tenant: string): Promise<Possession['secrets']> => {
  const rows = await trx
    .selectFrom('tenants.secret')
    .select(['name', 'version', 'fingerprint'])
    .where('tenant', '=', tenant)
    .orderBy('version')
    .execute();
  return new Map(rows.map(({ name, version, fingerprint }) => [name, { version, fingerprint }]));
};

const openKeys = (
  tenant: string,
  wrapped: { readonly body: Buffer; readonly secret: Buffer },
  keys: DeploymentKeys,
): Pick<Possession, 'bodyKeys' | 'secretKeys'> => {
  try {
    return {
      bodyKeys: unwrapKeys(wrapped.body, keys.body, { tenant, purpose: 'body-key' }),
      secretKeys: unwrapKeys(wrapped.secret, keys.secret, { tenant, purpose: 'secret-key' }),
    };
  } catch (cause) {
    const words = `the keys of tenant ${tenant} cannot be opened with these key files`;
    throw new Error(words, { cause });
  }
};

/** Reads one tenant in its own scope; null where it is not stored. Throws where its keys do not open. */
export const readPossession = async (
  trx: Scoped,
  tenant: string,
  keys: DeploymentKeys,
): Promise<Possession | null> => {
  const stored = (await readStored(trx)).tenants.find(({ id }) => id === tenant);
  const row = await trx
    .selectFrom('tenants.tenant')
    .select(['body_key', 'secret_key'])
    .where('id', '=', tenant)
    .executeTakeFirst();
  if (!stored || !row) return null;
  const { body_key: body, secret_key: secret } = row;
  if (!body || !secret)
    throw new Error(
      `the keys of tenant ${tenant} were forgotten: remove it before it is declared anew`,
    );
  return {
    stored,
    ...openKeys(tenant, { body, secret }, keys),
    wrappedBy: { body: wrapperOf(body), secret: wrapperOf(secret) },
    secrets: await newestSecrets(trx, tenant),
  };
};
