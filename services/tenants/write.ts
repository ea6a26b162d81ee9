import { newDataKeys } from './data-keys.js';
import type { Act } from './plan.js';
import { dateSecret, putSecret, rewrapKeys, wrappedKeys } from './write-secrets.js';
import type { Writer, Writing } from './writing.js';

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
    secretKeys: writing.keys.secret && newDataKeys(),
    secrets: new Map(),
  };
  await writing.trx
    .insertInto('tenants.tenant')
    .values({ id: tenant.id, ...row, ...wrappedKeys(writing, writing.possession) })
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
    key_facts: JSON.stringify(credential.keyFacts ?? {}),
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
  'date-secret': dateSecret,
  'remove-secret': remove('tenants.secret'),
  'put-credential': putCredential,
  'remove-credential': remove('tenants.credential'),
};

/** Writes one change in the transaction of its tenant. */
export const write = async (act: Act, writing: Writing): Promise<void> => {
  const writer = writers[act.act] as (act: Act, writing: Writing) => Promise<unknown>;
  await writer(act, writing);
};
