import { sql } from 'kysely';
import { stringify } from 'yaml';
import type { Scoped } from '#runtime/database.js';
import { validKeys } from '#tenants/add-key.js';
import { readLastApplied, readVersion } from '#tenants/changes.js';
import { declaredOf } from '#tenants/declared-of.js';
import { stateDifferences } from '#tenants/differences.js';
import { secretPlaces } from '#tenants/secret-reference.js';
import { readStored, type StoredCredential, type StoredTenant } from '#tenants/stored.js';
import { may, type Person } from '../people/person.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { mayAll, ofTheService } from './limits.js';
import type { CredentialView, SecretView, TenantView } from './shown.js';

const usersOf = ({ connectors }: StoredTenant, secret: string): string[] =>
  connectors
    .filter(({ settings }) => secretPlaces(settings).some(({ name }) => name === secret))
    .map(({ name }) => name);

const readSecrets = async (trx: Scoped, stored: StoredTenant): Promise<SecretView[]> => {
  const rows = await trx
    .selectFrom('tenants.secret')
    .distinctOn('name')
    .select(['name', 'updated_at', 'expires_at'])
    .where('tenant', '=', stored.id)
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute();
  return rows.map(({ name, updated_at, expires_at }) => ({
    name,
    setAt: updated_at.toISOString(),
    expiresAt: expires_at?.toISOString().slice(0, 10) ?? null,
    usedBy: usersOf(stored, name),
  }));
};

const storedIn = async (trx: Scoped, tenant: string): Promise<StoredTenant> => {
  const stored = (await readStored(trx)).tenants.find(({ id }) => id === tenant);
  if (!stored) throw new ProblemError('not-found', tell('tenant-unknown', { tenant }));
  return stored;
};

/** The declaration of a tenant as it stands, in its scope. Throws `ProblemError`. */
export const readTenantView = async (
  trx: Scoped,
  tenant: string,
  person: Person,
): Promise<TenantView> => {
  const stored = await storedIn(trx, tenant);
  const applied = await readLastApplied(trx, tenant);
  const declaration = declaredOf(stored);
  return {
    tenant,
    version: await readVersion(trx, tenant),
    declaration,
    yaml: stringify(declaration, { lineWidth: 0 }),
    secrets: await readSecrets(trx, stored),
    applied: applied && {
      at: applied.at.toISOString(),
      by: applied.by,
      differs: stateDifferences(applied.state, stored),
    },
    mayConfigure: may(person, 'configure'),
    fixed: mayAll(person) ? [] : [...ofTheService],
  };
};

const lastMessageAt = async (
  trx: Scoped,
  tenant: string,
  sources: readonly string[],
): Promise<string | null> => {
  if (sources.length === 0 || sources.includes('*')) return null;
  const { rows } = await sql<{ at: Date }>`
    select accepted_at as at from monitoring.message
    where tenant = ${tenant} and source = any(${[...sources]}::text[])
    order by accepted_at desc limit 1`.execute(trx);
  return rows[0]?.at.toISOString() ?? null;
};

const credentialView = async (
  trx: Scoped,
  tenant: string,
  one: StoredCredential,
): Promise<CredentialView> => ({
  name: one.name,
  client:
    one.issuer !== null && one.clientId !== null
      ? { issuer: one.issuer, clientId: one.clientId }
      : null,
  sources: one.sources,
  types: one.types,
  postvakken: one.postvakken,
  system: one.system,
  expiresAt: one.expiresAt,
  keys: validKeys(one, new Date()).map(({ id, madeAt, endsAt }) => ({ id, madeAt, endsAt })),
  lastMessageAt: await lastMessageAt(trx, tenant, one.sources),
});

/** The applications of a tenant, in its scope. Throws `ProblemError`. */
export const readCredentials = async (trx: Scoped, tenant: string): Promise<CredentialView[]> => {
  const { credentials } = await storedIn(trx, tenant);
  const views: CredentialView[] = [];
  for (const one of credentials) views.push(await credentialView(trx, tenant, one));
  return views;
};
