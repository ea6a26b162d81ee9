import type { Command } from 'commander';
import type { Connector } from '#kit/definition.js';
import { discoverConnectors } from '#kit/discover.js';
import { Failure } from '#kit/failure.js';
import { openConnector } from '#kit/open.js';
import { createLog } from '#runtime/log.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { readKeyFile } from '#runtime/keys.js';
import { buildDirectory } from '#tenants/build-directory.js';
import type { ConnectorInstance, Tenant } from '#tenants/directory.js';
import { openSettings } from '#tenants/settings.js';
import { readStored } from '#tenants/stored.js';
import { required } from './environment.js';

const timeoutMs = 15_000;

/** A check reads from the system and lays nothing in a postvak. */
const noPostvak = { put: () => Promise.reject(new Error('a check delivers nothing')) };

interface Means {
  readonly database: Database;
  readonly connectors: ReadonlyMap<string, Connector>;
}

const checkOne = async (
  { database, connectors }: Means,
  instance: ConnectorInstance,
  allowedHosts: readonly string[],
): Promise<void> => {
  const connector = connectors.get(instance.connector);
  if (!connector) throw new Error(`there is no connector "${instance.connector}" here`);
  const secretKek = readKeyFile(required('LBBUS_SECRET_KEY_FILE'));
  const settings = await openSettings({ database, secretKek })(instance);
  const { client } = await openConnector(settings, {
    connector,
    tenant: instance.tenant,
    instance: instance.name,
    allowedHosts,
    sandbox: process.env['LBBUS_SANDBOX'] === '1',
    postvak: noPostvak,
  });
  await connector.check(client, { signal: AbortSignal.timeout(timeoutMs) });
};

const wordsOf = (error: unknown): string => {
  if (error instanceof Failure) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
};

const checkAll = async (means: Means, tenant: Tenant, target?: string): Promise<boolean> => {
  const all = [...tenant.connectors.values()];
  const instances = all.filter(({ name }) => target === undefined || name === target);
  if (target !== undefined && instances.length === 0)
    throw new Error(`${tenant.id} has no connector "${target}": see lb-bus get connectors`);
  let good = true;
  for (const instance of instances) {
    try {
      await checkOne(means, instance, tenant.allowedHosts);
      console.log(`✓ ${instance.name}  ${instance.connector} answers`);
    } catch (error) {
      good = false;
      console.log(`✗ ${instance.name}  ${wordsOf(error)}`);
    }
  }
  return good;
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

/** Adds `lb-bus check`: asks the systems of a tenant, changing nothing, whether the bus could work with them now. */
export const checkCommand = (program: Command): void => {
  program
    .command('check')
    .description('ask the systems of a tenant whether the bus could work with them now')
    .argument('<tenant>', 'the tenant')
    .argument('[connector]', 'name of one of its connectors; all of them without')
    .action(async (name: string, target: string | undefined) => {
      const log = createLog('lb-bus', 'silent');
      const database = openDatabase({ url: required('DATABASE_URL'), log });
      try {
        const tenant = await storedTenant(database, name);
        const means = { database, connectors: await discoverConnectors() };
        if (!(await checkAll(means, tenant, target))) process.exitCode = 1;
      } finally {
        await database.close();
      }
    });
};
