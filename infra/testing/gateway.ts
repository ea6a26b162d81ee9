import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { readConfig } from '#runtime/config.js';
import { readKeyFile, type KeyRing } from '#runtime/keys.js';
import { createLog, type Log } from '#runtime/log.js';
import { prepare } from '#tenants/apply.js';
import { readDeclaration } from '#tenants/declaration.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import { readPossession, type DeploymentKeys } from '#tenants/possession.js';
import { tokenHash } from '#tenants/tokens.js';
import { startGateway, usualTimes } from '../../gateway/start.js';
import { freshVhost, type FreshVhost } from './broker.js';
import { freshDatabase, type FreshDatabase } from './database.js';
import { startProxy, type Proxy } from './delivery/proxy.js';

/** A gateway in this process, with database, broker and tenants of its own; the lines to both can be cut. */
export interface TestGateway {
  readonly url: string;
  readonly internalUrl: string;
  readonly database: FreshDatabase;
  readonly vhost: FreshVhost;
  readonly databaseLine: Proxy;
  readonly brokerLine: Proxy;
  readonly folder: string;
  /** The body keys of a tenant, for a test that lays something in its place. */
  bodyKeysOf(tenant: string): Promise<KeyRing>;
  end(): Promise<void>;
}

export interface TestGatewayOptions {
  /** YAML documents of the tenants; `{key:x}` stands for the SHA-256 of API key `x`, `{token:x}` likewise. */
  readonly tenants: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly times?: typeof usualTimes;
  readonly log?: Log;
}

const newKeyFile = async (folder: string, name: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, `k1:${randomBytes(32).toString('base64')}\n`);
  return file;
};

/** Value of every secret that a declaration for tests names. */
export const secretOf = (tenant: string, name: string): string =>
  `lb_${tenant}_${name}_${'0'.repeat(32)}`;

/** Stores the tenants as `lb-bus apply` does. */
const store = async (
  databaseUrl: string,
  folder: string,
  { tenants, keys }: { tenants: string; keys: DeploymentKeys },
): Promise<void> => {
  const file = join(folder, 'tenants.yaml');
  await writeFile(
    file,
    tenants.replace(/\{(?:key|token):([^}]+)\}/g, (_, token: string) => tokenHash(token)),
  );
  const database = openOwnerDatabase(databaseUrl);
  try {
    const prepared = await prepare(await readDeclaration(file), {
      database,
      keys,
      values: secretOf,
      prune: true,
    });
    await prepared.apply();
  } finally {
    await database.close();
  }
};

/** Starts a gateway on free ports. End it in `afterAll`. */
export const startTestGateway = async (options: TestGatewayOptions): Promise<TestGateway> => {
  const folder = await mkdtemp(join(tmpdir(), 'lbbus-gateway-'));
  const [database, vhost] = await Promise.all([freshDatabase(), freshVhost()]);
  const [databaseLine, brokerLine] = await Promise.all([
    startProxy(database.url),
    startProxy(vhost.url),
  ]);
  const keys = {
    body: await newKeyFile(folder, 'body.keys'),
    secret: await newKeyFile(folder, 'secret.keys'),
  };
  const deploymentKeys = { body: readKeyFile(keys.body), secret: readKeyFile(keys.secret) };
  await store(database.url, folder, { tenants: options.tenants, keys: deploymentKeys });
  const config = readConfig({
    DATABASE_URL: databaseLine.url,
    AMQP_URL: brokerLine.url,
    LBBUS_BODY_KEY_FILE: keys.body,
    LBBUS_ATTACHMENTS: pathToFileURL(join(folder, 'attachments')).href,
    LBBUS_STATE_DIR: folder,
    ...options.environment,
  });
  const log = options.log ?? createLog('gateway', process.env['LBBUS_TEST_LOG'] ?? 'silent');
  const running = await startGateway(config, log, options.times ?? usualTimes);
  return {
    url: `http://127.0.0.1:${running.port}`,
    internalUrl: `http://127.0.0.1:${running.internalPort}`,
    database,
    vhost,
    databaseLine,
    brokerLine,
    folder,
    bodyKeysOf: async (tenant) => {
      const owner = openOwnerDatabase(database.url);
      try {
        const found = await owner.scoped(tenant, (trx) =>
          readPossession(trx, tenant, deploymentKeys),
        );
        if (!found) throw new Error(`no tenant ${tenant}`);
        return found.bodyKeys;
      } finally {
        await owner.close();
      }
    },
    end: async () => {
      await running.stop();
      await Promise.all([databaseLine.close(), brokerLine.close()]);
      await Promise.all([database.drop(), vhost.drop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
