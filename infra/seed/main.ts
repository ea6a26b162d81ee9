import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate } from '#infra/migrations/migrate.js';
import { readKeyFile } from '#runtime/keys.js';
import { prepare } from '#tenants/apply.js';
import { readDeclaration } from '#tenants/declaration.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import { seed } from './seed.js';
import { mostTenants, tenantsYaml } from './tenants.js';

const required = (name: string): string => {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set`);
};

const numberIn = (text: string, name: string, most: number): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`--${name} ${text} does not do: give a whole number from 1 to ${most}`);
};

const amountsIn = (args: readonly string[]) => {
  const option = (usual: string) => ({ type: 'string' as const, default: usual });
  const { values } = parseArgs({
    args: [...args],
    options: { tenants: option('300'), messages: option('10000000'), days: option('400') },
  });
  return {
    tenants: numberIn(values.tenants, 'tenants', mostTenants),
    messages: numberIn(values.messages, 'messages', 100_000_000),
    days: numberIn(values.days, 'days', 4_000),
  };
};

const applyTenants = async (databaseUrl: string, count: number): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'seed-'));
  const file = join(folder, 'tenants.yaml');
  const database = openOwnerDatabase(databaseUrl);
  const keys = {
    body: readKeyFile(required('LBBUS_BODY_KEY_FILE')),
    secret: readKeyFile(required('LBBUS_SECRET_KEY_FILE')),
  };
  try {
    await writeFile(file, tenantsYaml(count));
    const author = { by: 'seed', via: 'apply' as const, reason: '' };
    const options = { database, keys, values: () => undefined, prune: false, author };
    await (await prepare(await readDeclaration(file), options)).apply();
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
};

const begun = performance.now();
const tell = (words: string): void =>
  console.log(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(7)} s  ${words}`);

const run = async (): Promise<void> => {
  const { tenants, messages, days } = amountsIn(process.argv.slice(2));
  const databaseUrl = required('DATABASE_URL');
  await migrate(databaseUrl);
  await applyTenants(databaseUrl, tenants);
  tell(`${tenants} tenants`);
  await seed(databaseUrl, { messages, days, bodiesDays: 30, stepsDays: 90 }, tell);
};

await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error('What to do: docs/operate/storage.md says how a database is filled.');
  process.exitCode = 1;
});
