import type { KeyRing } from '#runtime/keys.js';
import type { Burgerprofiel } from './burgerprofiel/schema.js';
import { unwrapKeys } from './data-keys.js';
import type { ConnectorInstance, Credential, Directory, Route, Tenant } from './directory.js';
import { matcherOf } from './filter.js';
import type { Stored, StoredCredential, StoredTenant } from './stored.js';

/** What a tenant may send where its declaration does not say. */
export const usualRate = { perSecond: 50, burst: 200 } as const;

/** The column `settings` of a tenant. */
export interface TenantSettings {
  readonly verwerkingen?: readonly string[];
  readonly rate?: Tenant['rate'];
  readonly allowedHosts?: readonly string[];
  readonly burgerprofiel?: Burgerprofiel;
}

/** A tenant that could not be read; the others go on without it. */
export interface Unreadable {
  readonly tenant: string;
  readonly reason: string;
}

interface Lookups {
  readonly tenants: Map<string, Tenant>;
  readonly byKey: Map<string, Credential>;
  readonly byClient: Map<string, Credential>;
  readonly byHook: Map<string, ConnectorInstance>;
}

const clientName = (issuer: string, clientId: string): string => JSON.stringify([issuer, clientId]);

const deepFreeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value) as unknown[]) deepFreeze(part);
  return value;
};

const routeOf = (stored: StoredTenant['routes'][number]): Route => {
  const route: Route = deepFreeze({ ...stored });
  matcherOf(route);
  return route;
};

const tenantOf = (stored: StoredTenant, bodyKek: KeyRing): Tenant => {
  if (stored.bodyKey === null) throw new Error('its keys were forgotten');
  const {
    verwerkingen = [],
    rate = usualRate,
    allowedHosts = [],
    burgerprofiel,
  }: TenantSettings = stored.settings;
  const instances = stored.connectors.map(({ name, connector, settings, enabled }) =>
    deepFreeze({ tenant: stored.id, name, connector, settings, enabled }),
  );
  return Object.freeze({
    id: stored.id,
    name: stored.name,
    bestuurseenheid: stored.bestuurseenheid,
    kbo: stored.kbo,
    verwerkingen: Object.freeze([...verwerkingen]),
    rate: Object.freeze({ ...rate }),
    allowedHosts: Object.freeze([...allowedHosts]),
    connectors: new Map(instances.map((instance) => [instance.name, instance])),
    routes: Object.freeze(stored.routes.map(routeOf)),
    burgerprofiel: deepFreeze(burgerprofiel ?? null),
    bodyKeys: unwrapKeys(Buffer.from(stored.bodyKey, 'hex'), bodyKek, {
      tenant: stored.id,
      purpose: 'body-key',
    }),
  });
};

const credentialOf = (tenant: string, stored: StoredCredential): Credential =>
  Object.freeze({
    tenant,
    name: stored.name,
    sources: Object.freeze([...stored.sources]),
    types: Object.freeze([...stored.types]),
    postvakken: Object.freeze([...stored.postvakken]),
    system: stored.system,
    expiresAt: stored.expiresAt === null ? null : new Date(stored.expiresAt),
  });

/** The credential as a key of it gives it that ends sooner. */
const until = (credential: Credential, endsAt: string | undefined): Credential => {
  if (endsAt === undefined) return credential;
  const end = new Date(endsAt);
  const { expiresAt } = credential;
  return expiresAt !== null && expiresAt <= end
    ? credential
    : Object.freeze({ ...credential, expiresAt: end });
};

const enterKeys = (
  { byKey }: Lookups,
  { keyHashes, keyFacts }: StoredCredential,
  credential: Credential,
): void => {
  for (const hash of keyHashes) byKey.set(hash, until(credential, keyFacts?.[hash]?.endsAt));
};

const enter = (lookups: Lookups, stored: StoredTenant, tenant: Tenant): void => {
  lookups.tenants.set(tenant.id, tenant);
  for (const one of stored.credentials) {
    const credential = credentialOf(tenant.id, one);
    enterKeys(lookups, one, credential);
    if (one.issuer !== null && one.clientId !== null)
      lookups.byClient.set(clientName(one.issuer, one.clientId), credential);
  }
  for (const { name, hookTokenHash } of stored.connectors) {
    const instance = tenant.connectors.get(name);
    if (instance && hookTokenHash !== null) lookups.byHook.set(hookTokenHash, instance);
  }
};

/** Makes the immutable view that processes work with; a tenant that cannot be read is left out and reported. */
export const buildDirectory = (
  stored: Stored,
  bodyKek: KeyRing,
): { readonly directory: Directory; readonly unreadable: readonly Unreadable[] } => {
  const unreadable: Unreadable[] = [];
  const lookups: Lookups = {
    tenants: new Map(),
    byKey: new Map(),
    byClient: new Map(),
    byHook: new Map(),
  };
  for (const one of stored.tenants) {
    try {
      enter(lookups, one, tenantOf(one, bodyKek));
    } catch (error) {
      unreadable.push({
        tenant: one.id,
        reason: error instanceof Error ? error.message : 'unknown',
      });
    }
  }
  const directory: Directory = Object.freeze({
    revision: stored.revision,
    tenants: lookups.tenants,
    byApiKeyHash: (hash: string) => lookups.byKey.get(hash) ?? null,
    byClient: (issuer: string, id: string) => lookups.byClient.get(clientName(issuer, id)) ?? null,
    byHookTokenHash: (hash: string) => lookups.byHook.get(hash) ?? null,
  });
  return { directory, unreadable };
};
