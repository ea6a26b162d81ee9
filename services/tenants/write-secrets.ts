import { sealedTo } from '#runtime/sealing.js';
import { wrapKeys } from './data-keys.js';
import type { Possession } from './possession.js';
import { fingerprintOf, openSecret, sealSecret, sealSecretTo } from './seal-secret.js';
import type { Writer, Writing } from './writing.js';

const keptVersions = 2;
/** Fingerprint of what was sealed without the secret key. */
const unknown = Buffer.alloc(0);

/** The data keys of a tenant as its row holds them; that of its secrets only where this process may wrap it. */
export const wrappedKeys = (
  { tenant, keys }: Writing,
  { bodyKeys, secretKeys }: Pick<Possession, 'bodyKeys' | 'secretKeys'>,
) => ({
  body_key: wrapKeys(bodyKeys, keys.body, { tenant, purpose: 'body-key' }),
  // Who has not the secret key makes no keys with it: whoever has, makes them later.
  ...(keys.secret &&
    secretKeys && {
      secret_key: wrapKeys(secretKeys, keys.secret, { tenant, purpose: 'secret-key' }),
    }),
});

const possessionOf = ({ possession, tenant }: Writing): NonNullable<Writing['possession']> => {
  if (!possession) throw new Error(`tenant ${tenant} has no keys yet`);
  return possession;
};

/** What was sealed to a key of the deployment comes under the key of the tenant. */
const takeOver = async ({ trx, tenant, keys, possession }: Writing): Promise<void> => {
  const secretKek = keys.secret;
  const secretKeys = possession?.secretKeys;
  if (!secretKek || !secretKeys) return;
  const rows = await trx
    .selectFrom('tenants.secret')
    .select(['tenant', 'name', 'version', 'sealed'])
    .where('tenant', '=', tenant)
    .execute();
  for (const row of rows.filter(({ sealed }) => sealedTo(sealed) !== null)) {
    const { name, version } = row;
    const value = openSecret(row, { secretKeys, secretKek });
    await trx
      .updateTable('tenants.secret')
      .set({
        sealed: sealSecret(value, secretKeys, { tenant, name, version }),
        fingerprint: fingerprintOf(value, secretKeys, name),
      })
      .where('tenant', '=', tenant)
      .where('name', '=', name)
      .where('version', '=', version)
      .execute();
  }
};

/** Wraps the data keys with the current keys of the deployment. */
export const rewrapKeys: Writer<'rewrap-keys'> = async (_, writing) => {
  await writing.trx
    .updateTable('tenants.tenant')
    .set(wrappedKeys(writing, possessionOf(writing)))
    .where('id', '=', writing.tenant)
    .execute();
  await takeOver(writing);
};

const sealed = (
  value: string,
  place: { readonly name: string; readonly version: number },
  { tenant, keys, possession }: Writing,
) => {
  const secretKeys = possession?.secretKeys;
  if (secretKeys)
    return {
      sealed: sealSecret(value, secretKeys, { tenant, ...place }),
      fingerprint: fingerprintOf(value, secretKeys, place.name),
    };
  if (!keys.sealTo) throw new Error('secrets cannot be sealed here: LBBUS_SEALING_KEY_FILE');
  return { sealed: sealSecretTo(value, keys.sealTo, { tenant, ...place }), fingerprint: unknown };
};

/** A tenant whose secrets were sealed to the key of the deployment so far gets a key of its own. */
const ensureSecretKey = async (writing: Writing): Promise<void> => {
  const { secret_key } = wrappedKeys(writing, possessionOf(writing));
  if (secret_key)
    await writing.trx
      .updateTable('tenants.tenant')
      .set({ secret_key })
      .where('id', '=', writing.tenant)
      .where('secret_key', 'is', null)
      .execute();
};

/** Lays a secret away sealed, as the next version of it. */
export const putSecret: Writer<'put-secret'> = async ({ name, value, expiresAt }, writing) => {
  const { trx, tenant } = writing;
  const version = (possessionOf(writing).secrets.get(name)?.version ?? 0) + 1;
  await ensureSecretKey(writing);
  await trx
    .insertInto('tenants.secret')
    .values({
      tenant,
      name,
      version,
      expires_at: expiresAt,
      ...sealed(value, { name, version }, writing),
    })
    .execute();
  await trx
    .deleteFrom('tenants.secret')
    .where('tenant', '=', tenant)
    .where('name', '=', name)
    .where('version', '<=', version - keptVersions)
    .execute();
};

/** Says until when a secret that stays as it is holds. */
export const dateSecret: Writer<'date-secret'> = (
  { name, expiresAt },
  { trx, tenant, possession },
) =>
  trx
    .updateTable('tenants.secret')
    .set({ expires_at: expiresAt })
    .where('tenant', '=', tenant)
    .where('name', '=', name)
    .where('version', '=', possession?.secrets.get(name)?.version ?? 0)
    .execute();
