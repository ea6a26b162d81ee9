import type { Scoped } from '#runtime/database.js';
import type { Key, KeyRing } from '#runtime/keys.js';
import { sealedTo } from '#runtime/sealing.js';
import { newDataKeys, unwrapKeys } from './data-keys.js';
import { fingerprintOf, openSecret } from './seal-secret.js';
import { readStored, type StoredTenant } from './stored.js';

/** What is stored of one tenant, with its keys opened: what "apply" compares a declaration with. */
export interface Possession {
  readonly stored: StoredTenant;
  readonly bodyKeys: KeyRing;
  /** Null without the secret key of the deployment: then secrets are sealed to it, and none is compared. */
  readonly secretKeys: KeyRing | null;
  /** What is wrapped or sealed by another key of the deployment than the current. */
  readonly outdated: boolean;
  readonly secrets: ReadonlyMap<string, KnownSecret>;
}

/** The newest of a secret. */
export interface KnownSecret {
  readonly version: number;
  /** Null where it cannot be known without the secret key. */
  readonly fingerprint: Buffer | null;
  readonly setAt: Date;
  readonly expiresAt: Date | null;
}

/** The keys of the deployment that wrap the tenants' data keys. */
export interface DeploymentKeys {
  readonly body: KeyRing;
  /** Null at monitoring, which seals secrets and opens none. */
  readonly secret: KeyRing | null;
  /** What secrets are sealed to where the secret key is not given. */
  readonly sealTo?: Key;
}

const wrapperOf = (wrapped: Buffer): string => wrapped.toString('utf8', 2, 2 + (wrapped[1] ?? 0));

const readSecrets = (trx: Scoped, tenant: string) =>
  trx
    .selectFrom('tenants.secret')
    .selectAll()
    .where('tenant', '=', tenant)
    .orderBy('version')
    .execute();

type SecretRow = Awaited<ReturnType<typeof readSecrets>>[number];

/** What was sealed without the secret key has no fingerprint yet: it is opened for one. */
const fingerprintIn = (
  row: SecretRow,
  secretKeys: KeyRing | null,
  secretKek: KeyRing | null,
): Buffer | null => {
  if (row.fingerprint.length > 0 || !secretKeys || !secretKek) return row.fingerprint;
  return fingerprintOf(openSecret(row, { secretKeys, secretKek }), secretKeys, row.name);
};

interface Wrapped {
  readonly body: Buffer;
  /** Null of a tenant that was made where nobody had the secret key. */
  readonly secret: Buffer | null;
}

const openKeys = (
  tenant: string,
  wrapped: Wrapped,
  keys: DeploymentKeys,
): Pick<Possession, 'bodyKeys' | 'secretKeys'> => {
  const secretKeys = (kek: KeyRing): KeyRing =>
    wrapped.secret
      ? unwrapKeys(wrapped.secret, kek, { tenant, purpose: 'secret-key' })
      : newDataKeys();
  try {
    return {
      bodyKeys: unwrapKeys(wrapped.body, keys.body, { tenant, purpose: 'body-key' }),
      secretKeys: keys.secret && secretKeys(keys.secret),
    };
  } catch (cause) {
    const words = `the keys of tenant ${tenant} cannot be opened with these key files`;
    throw new Error(words, { cause });
  }
};

const isOutdated = (
  wrapped: Wrapped,
  secrets: readonly SecretRow[],
  { body, secret }: DeploymentKeys,
): boolean => {
  if (!secret) return false;
  const current = secret[0].id;
  return (
    wrapperOf(wrapped.body) !== body[0].id ||
    (wrapped.secret !== null && wrapperOf(wrapped.secret) !== current) ||
    secrets.some(({ sealed }) => (sealedTo(sealed) ?? current) !== current)
  );
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
  if (!body)
    throw new Error(
      `the keys of tenant ${tenant} were forgotten: remove it before it is declared anew`,
    );
  const opened = openKeys(tenant, { body, secret }, keys);
  const secrets = await readSecrets(trx, tenant);
  const known = (one: SecretRow): KnownSecret => ({
    version: one.version,
    fingerprint: fingerprintIn(one, opened.secretKeys, keys.secret),
    setAt: one.updated_at,
    expiresAt: one.expires_at,
  });
  return {
    stored,
    ...opened,
    outdated: isOutdated({ body, secret }, secrets, keys),
    secrets: new Map(secrets.map((one) => [one.name, known(one)])),
  };
};
