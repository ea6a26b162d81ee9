import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ground } from '#infra/chaos/ground.js';
import { readKeyFile } from '#runtime/keys.js';
import { prepare } from '#tenants/apply.js';
import { readDeclaration } from '#tenants/declaration.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import type { Standing } from './processes.js';

/** Servers and a folder of a bench's own; the database is migrated. */
export interface OwnServers {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  readonly managementUrl: string;
  readonly folder: string;
}

/** What a bench of this name finds on the ground. */
export const serversOn = async (ground: Ground, name: string): Promise<OwnServers> => {
  await ground.lbBus('migrate');
  const { user, password } = ground.broker.login;
  const { amqp, management } = ground.broker.ports[0] ?? { amqp: 0, management: 0 };
  return {
    databaseUrl: ground.database.url,
    amqpUrl: `amqp://${user}:${password}@127.0.0.1:${amqp}`,
    managementUrl: `http://${user}:${password}@127.0.0.1:${management}`,
    folder: join(ground.folder, name),
  };
};

/** The same key for all that is declared on the same servers, one after the other. */
const keyFileAt = async (file: string): Promise<string> => {
  if (!existsSync(file))
    await writeFile(file, `k1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return file;
};

/** Declares the tenants; what processes that serve them stand on. */
export const declare = async (servers: OwnServers, yaml: string): Promise<Standing> => {
  const { databaseUrl, amqpUrl, managementUrl, folder } = servers;
  await mkdir(folder, { recursive: true });
  const keys = {
    body: await keyFileAt(join(folder, 'body.keys')),
    secret: await keyFileAt(join(folder, 'secret.keys')),
  };
  const file = join(folder, 'tenants.yaml');
  await writeFile(file, yaml);
  const database = openOwnerDatabase(databaseUrl);
  try {
    const prepared = await prepare(await readDeclaration(file), {
      database,
      keys: { body: readKeyFile(keys.body), secret: readKeyFile(keys.secret) },
      values: () => undefined,
      prune: false,
    });
    await prepared.apply();
  } finally {
    await database.close();
  }
  const environment = {
    DATABASE_URL: databaseUrl,
    AMQP_URL: amqpUrl,
    LBBUS_AMQP_MANAGEMENT_URL: managementUrl,
    LBBUS_BODY_KEY_FILE: keys.body,
    LBBUS_SECRET_KEY_FILE: keys.secret,
    LBBUS_ATTACHMENTS: `file://${join(folder, 'attachments')}`,
    LBBUS_STATE_DIR: folder,
    LBBUS_PUBLIC_URL: 'https://lb-bus.example',
    LBBUS_SANDBOX: '1',
    LBBUS_LOG_LEVEL: 'warn',
  };
  return { environment, folder };
};
