import type { Client } from 'pg';
import { shippedMigrations } from '#infra/migrations/migrate.js';
import type { KeyRing } from '#runtime/keys.js';
import { quoted, readTables } from './catalogue.js';
import type { Manifest } from './manifest.js';

/** Throws where this version of LB-bus cannot make the tables of the backup: it is older, or was changed. */
export const requireMigrations = async ({ migrations, madeBy }: Manifest): Promise<void> => {
  const shipped = new Map(
    (await shippedMigrations()).map(({ name, checksum }) => [name, checksum]),
  );
  for (const { name, checksum } of migrations) {
    if (!shipped.has(name))
      throw new Error(
        `the backup knows migration ${name}, this version of LB-bus does not: restore it with version ${madeBy} or later`,
      );
    if (shipped.get(name) !== checksum)
      throw new Error(`migration ${name} is another one here than where the backup was made`);
  }
};

const missingIn = (ring: KeyRing, ids: readonly string[]): string[] =>
  ids.filter((id) => !ring.some((key) => key.id === id));

/** Throws with the ids of the keys that the backup needs and the key files do not have. */
export const requireKeys = (
  { keys }: Manifest,
  given: { readonly body: KeyRing; readonly secret: KeyRing },
): void => {
  const missing = [
    ...missingIn(given.body, keys.body).map((id) => `"${id}" in LBBUS_BODY_KEY_FILE`),
    ...missingIn(given.secret, keys.secret).map((id) => `"${id}" in LBBUS_SECRET_KEY_FILE`),
  ];
  if (missing.length > 0)
    throw new Error(
      `the backup cannot be read without key ${missing.join(' and ')}: bring the key files of where it was made`,
    );
};

const isEmpty = async (client: Client): Promise<boolean> => {
  const tables = (await readTables(client)).filter(({ ofTenants }) => ofTenants);
  const filled = tables.map((table) => `exists (select from ${quoted(table)})`).join(' or ');
  if (filled === '') return true;
  await client.query(`select set_config('app.tenant', '*', false)`);
  const { rows } = await client.query<{ filled: boolean }>(`select ${filled} as filled`);
  return rows[0]?.filled === false;
};

const appliedIn = async (client: Client): Promise<string[]> => {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('migrations.applied') is not null as there`,
  );
  if (found[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    'select name from migrations.applied order by name',
  );
  return rows.map(({ name }) => name);
};

/** Throws where the database is not new: it holds messages or tenants, or is migrated further than the backup. */
export const requireNew = async (client: Client, { migrations }: Manifest): Promise<void> => {
  const name = client.database ?? 'the database';
  const remedy = 'restore into a new one: --into <name> makes it on the same server';
  if (!(await isEmpty(client))) throw new Error(`${name} is not empty: ${remedy}`);
  const known = new Set(migrations.map((one) => one.name));
  const further = (await appliedIn(client)).find((one) => !known.has(one));
  if (further !== undefined)
    throw new Error(`${name} has migration ${further}, which the backup has not: ${remedy}`);
};
