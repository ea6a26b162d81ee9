import type { Scoped } from '#runtime/database.js';
import { newDataKeys, wrapKeys } from './data-keys.js';
import type { Act } from './plan.js';
import type { DeploymentKeys, Possession } from './possession.js';
import { fingerprintOf, sealSecret } from './seal-secret.js';

const keptVersions = 2;

/** Where the changes of one tenant are written. */
export interface Writing {
  readonly trx: Scoped;
  readonly tenant: string;
  readonly keys: DeploymentKeys;
  /** Null while the tenant is being made: `put-tenant` comes first and makes its keys. */
  possession: Pick<Possession, 'bodyKeys' | 'secretKeys' | 'secrets'> | null;
}

type Writer<A extends Act['act']> = (
  act: Extract<Act, { act: A }>,
  writing: Writing,
) => Promise<unknown>;

const wrappedKeys = (
  { tenant, keys }: Writing,
  data: Pick<Possession, 'bodyKeys' | 'secretKeys'>,
) => ({
  body_key: wrapKeys(data.bodyKeys, keys.body, { tenant, purpose: 'body-key' }),
  secret_key: wrapKeys(data.secretKeys, keys.secret, { tenant, purpose: 'secret-key' }),
});

const putTenant: Writer<'put-tenant'> = async ({ tenant }, writing) => {
  const row = {
    name: tenant.name,
    bestuurseenheid: tenant.bestuurseenheid,
    kbo: tenant.kbo,
    settings: JSON.stringify(tenant.settings),
    updated_at: new Date(),
  };
  if (writing.possession) {
    await writing.trx.updateTable('tenants.tenant').set(row).where('id', '=', tenant.id).execute();
    return;
  }
  writing.possession = {
    bodyKeys: newDataKeys(),
    secretKeys: newDataKeys(),
    secrets: new Map(),
  };
  await writing.trx
    .insertInto('tenants.tenant')
    .values({ id: tenant.id, ...row, ...wrappedKeys(writing, writing.possession) })
    .execute();
};

const possessionOf = ({ possession, tenant }: Writing): NonNullable<Writing['possession']> => {
  if (!possession) throw new Error(`tenant ${tenant} has no keys yet`);
  return possession;
};

const rewrapKeys: Writer<'rewrap-keys'> = (_, writing) =>
  writing.trx
    .updateTable('tenants.tenant')
    .set(wrappedKeys(writing, possessionOf(writing)))
    .where('id', '=', writing.tenant)
    .execute();

const putSecret: Writer<'put-secret'> = async ({ name, value }, writing) => {
  const { trx, tenant } = writing;
  const { secretKeys, secrets } = possessionOf(writing);
  const version = (secrets.get(name)?.version ?? 0) + 1;
  await trx
    .insertInto('tenants.secret')
    .values({
      tenant,
      name,
      version,
      sealed: sealSecret(value, secretKeys, { tenant, name, version }),
      fingerprint: fingerprintOf(value, secretKeys, name),
    })
    .execute();
  await trx
    .deleteFrom('tenants.secret')
    .where('tenant', '=', tenant)
    .where('name', '=', name)
    .where('version', '<=', version - keptVersions)
    .execute();
};

const bytesOf = (hex: string | null): Buffer | null =>
  hex === null ? null : Buffer.from(hex, 'hex');

const putConnector: Writer<'put-connector'> = ({ connector }, { trx, tenant }) => {
  const row = {
    connector: connector.connector,
    settings: JSON.stringify(connector.settings),
    hook_token_hash: bytesOf(connector.hookTokenHash),
    enabled: connector.enabled,
  };
  return trx
    .insertInto('tenants.connector')
    .values({ tenant, name: connector.name, ...row })
    .onConflict((conflict) => conflict.columns(['tenant', 'name']).doUpdateSet(row))
    .execute();
};

const putRoutes: Writer<'put-routes'> = async ({ routes }, { trx, tenant }) => {
  await trx.deleteFrom('tenants.route').where('tenant', '=', tenant).execute();
  if (routes.length === 0) return;
  await trx
    .insertInto('tenants.route')
    .values(
      routes.map(({ type, filter, targets }, position) => ({
        tenant,
        position,
        message_type: type,
        filter: filter && JSON.stringify(filter),
        targets: [...targets],
      })),
    )
    .execute();
};

const putCredential: Writer<'put-credential'> = ({ credential }, { trx, tenant }) => {
  const row = {
    key_hashes: credential.keyHashes.map((hash) => Buffer.from(hash, 'hex')),
    issuer: credential.issuer,
    client_id: credential.clientId,
    sources: [...credential.sources],
    types: [...credential.types],
    postvakken: [...credential.postvakken],
    system: credential.system,
    expires_at: credential.expiresAt === null ? null : new Date(credential.expiresAt),
  };
  return trx
    .insertInto('tenants.credential')
    .values({ tenant, name: credential.name, ...row })
    .onConflict((conflict) => conflict.columns(['tenant', 'name']).doUpdateSet(row))
    .execute();
};

const remove =
  (table: 'tenants.connector' | 'tenants.secret' | 'tenants.credential') =>
  ({ name }: { readonly name: string }, { trx, tenant }: Writing): Promise<unknown> =>
    trx.deleteFrom(table).where('tenant', '=', tenant).where('name', '=', name).execute();

const writers: { readonly [A in Act['act']]: Writer<A> } = {
  'put-tenant': putTenant,
  'remove-tenant': (_, { trx, tenant }) =>
    trx.deleteFrom('tenants.tenant').where('id', '=', tenant).execute(),
  'rewrap-keys': rewrapKeys,
  'put-connector': putConnector,
  'remove-connector': remove('tenants.connector'),
  'put-routes': putRoutes,
  'put-secret': putSecret,
  'remove-secret': remove('tenants.secret'),
  'put-credential': putCredential,
  'remove-credential': remove('tenants.credential'),
};

/** Writes one change in the transaction of its tenant. */
export const write = async (act: Act, writing: Writing): Promise<void> => {
  const writer = writers[act.act] as (act: Act, writing: Writing) => Promise<unknown>;
  await writer(act, writing);
};
