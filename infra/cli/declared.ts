import { userInfo } from 'node:os';
import { readKeyFile } from '#runtime/keys.js';
import { prepare, type Prepared } from '#tenants/apply.js';
import { discoverConnectors } from '#kit/discover.js';
import { checkDeclaration } from '#tenants/declaration-rules.js';
import { readDeclaration } from '#tenants/declaration.js';
import { findLeftBehind, type LeftBehind } from '#tenants/left-behind.js';
import { openOwnerDatabase, type OwnerDatabase } from '#tenants/owner.js';
import type { DeploymentKeys } from '#tenants/possession.js';
import { readSecretValues } from '#tenants/secret-values.js';
import { surroundingsOf } from '#tenants/surroundings.js';
import { required } from './environment.js';

/** Options that `apply` and `diff` share. */
export interface DeclaredOptions {
  readonly file: string;
  readonly secrets?: string;
  readonly prune?: boolean;
}

/** PostgreSQL's codes for a schema or table that is not there. */
const notMigrated = ['3F000', '42P01'];

const explained = (error: unknown): unknown => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && notMigrated.includes(code)
    ? new Error('the database is not up to date: run "lb-bus migrate" first', { cause: error })
    : error;
};

/** Opens the tenant tables as their owner, and closes them whatever happens. */
export const withOwner = async <T>(work: (database: OwnerDatabase) => Promise<T>): Promise<T> => {
  const database = openOwnerDatabase(required('DATABASE_URL'));
  try {
    return await work(database);
  } catch (error) {
    throw explained(error);
  } finally {
    await database.close();
  }
};

const deploymentKeys = (): DeploymentKeys => ({
  body: readKeyFile(required('LBBUS_BODY_KEY_FILE')),
  secret: readKeyFile(required('LBBUS_SECRET_KEY_FILE')),
});

/** Reads, checks and compares a declaration, then hands it over; nothing is written before `work` says so. */
export const withDeclared = async <T>(
  { file, secrets, prune }: DeclaredOptions,
  work: (prepared: Prepared, leftBehind: readonly LeftBehind[]) => Promise<T>,
): Promise<T> => {
  const declared = await readDeclaration(file);
  checkDeclaration(declared, surroundingsOf(await discoverConnectors()));
  const values = await readSecretValues(secrets);
  return withOwner(async (database) => {
    const options = {
      ...{ database, keys: deploymentKeys(), values, prune: prune ?? false },
      author: { by: userInfo().username, via: 'apply' as const, reason: '' },
    };
    const prepared = await prepare(declared, options);
    return work(prepared, await findLeftBehind(database, prepared.plans));
  });
};
