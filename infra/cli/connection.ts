import type { Connector } from '#kit/definition.js';
import { discoverConnectors } from '#kit/discover.js';
import { Failure } from '#kit/failure.js';
import { openConnector, type OpenConnector } from '#kit/open.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { readKeyFile } from '#runtime/keys.js';
import { createLog } from '#runtime/log.js';
import { buildDirectory } from '#tenants/build-directory.js';
import type { ConnectorInstance, Tenant } from '#tenants/directory.js';
import { openSettings } from '#tenants/settings.js';
import { readStored } from '#tenants/stored.js';
import { required } from './environment.js';

/** What asks a system waits so long for it. */
export const patienceMs = 15_000;

/** Who asks reads from the system and lays nothing in a postvak. */
const noPostvak = { put: () => Promise.reject(new Error('nothing is delivered from here')) };

/** What it takes to reach the systems of a tenant from the command line. */
export interface Means {
  readonly database: Database;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly tenant: Tenant;
}

/** Opens one connector instance with its secrets; throws a `Failure` where its settings are not right. */
export const openInstance = async (
  { database, connectors, tenant }: Means,
  instance: ConnectorInstance,
): Promise<OpenConnector> => {
  const connector = connectors.get(instance.connector);
  if (!connector) throw new Error(`there is no connector "${instance.connector}" here`);
  const secretKek = readKeyFile(required('LBBUS_SECRET_KEY_FILE'));
  const settings = await openSettings({ database, secretKek })(instance);
  return openConnector(settings, {
    connector,
    tenant: instance.tenant,
    instance: instance.name,
    allowedHosts: tenant.allowedHosts,
    sandbox: process.env['LBBUS_SANDBOX'] === '1',
    postvak: noPostvak,
  });
};

const storedTenant = async (database: Database, id: string): Promise<Tenant> => {
  const stored = await database.scoped(id, readStored);
  const bodyKek = readKeyFile(required('LBBUS_BODY_KEY_FILE'));
  const { directory, unreadable } = buildDirectory(stored, bodyKek);
  for (const { tenant, reason } of unreadable) throw new Error(`${tenant}: ${reason}`);
  const tenant = directory.tenants.get(id);
  if (!tenant) throw new Error(`there is no tenant "${id}": see lb-bus get tenants`);
  return tenant;
};

/** The connector instances that are meant: one by its name, or all of the tenant. */
export const instancesOf = (tenant: Tenant, target?: string): ConnectorInstance[] => {
  const all = [...tenant.connectors.values()];
  const meant = all.filter(({ name }) => target === undefined || name === target);
  if (target !== undefined && meant.length === 0)
    throw new Error(`${tenant.id} has no connector "${target}": see lb-bus get connectors`);
  return meant;
};

/** Does something with the systems of a tenant. */
export const withTenant = async (
  name: string,
  run: (means: Means) => Promise<void>,
): Promise<void> => {
  const log = createLog('lb-bus', 'silent');
  const database = openDatabase({ url: required('DATABASE_URL'), log });
  try {
    const tenant = await storedTenant(database, name);
    await run({ database, tenant, connectors: await discoverConnectors() });
  } finally {
    await database.close();
  }
};

/** What went wrong with a system, in one line. */
export const wordsOf = (error: unknown): string => {
  if (error instanceof Failure) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
};
