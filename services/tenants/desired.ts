import type { Told } from '#oslo/told.js';
import { usualRate } from './build-directory.js';
import type { DeclaredConnector, DeclaredCredential } from './declaration-schema.js';
import { complaintAt, type DeclaredTenant } from './declaration.js';
import { secretPlaces } from './secret-reference.js';
import type { SecretEnds, SecretValues } from './secret-values.js';
import type { StoredConnector, StoredCredential, StoredRoute, StoredTenant } from './stored.js';
import { tell } from './tell.js';
import { newToken, tokenHash } from './tokens.js';
import { DeclarationBroken, type Complaint, type Path } from './yaml-source.js';

/** What should be stored of a tenant: its declaration with every secret and token resolved. */
export interface Desired {
  readonly tenant: Omit<StoredTenant, 'bodyKey'>;
  /** Secrets that settings refer to; null where the stored value stays. */
  readonly secrets: ReadonlyMap<string, string | null>;
  /** Days on which secrets end, for those of which it was said. */
  readonly secretEnds: ReadonlyMap<string, Date | null>;
  /** Tokens made now, by connector: shown once, after they are stored. */
  readonly newTokens: ReadonlyMap<string, string>;
}

/** What is stored already and may stay as it is. */
export interface Kept {
  readonly stored: StoredTenant | null;
  readonly secretNames: ReadonlySet<string>;
}

interface Resolving {
  readonly tenant: string;
  readonly kept: Kept;
  readonly values: SecretValues;
  readonly complaints: Complaint[];
  readonly newTokens: Map<string, string>;
}

const unknownSecret = (name: string): Told => tell('secret-unknown', { name });

/** The hash of the token that the declaration names; where its value is not given, the one that is stored. */
const namedToken = (
  secret: string,
  path: Path,
  before: string | null,
  { tenant, values, complaints }: Resolving,
): string | null => {
  const value = values(tenant, secret);
  if (value !== undefined) return tokenHash(value);
  if (before === null) complaints.push({ path, told: unknownSecret(secret) });
  return before;
};

const hookHash = (
  { hook }: DeclaredConnector,
  name: string,
  resolving: Resolving,
): string | null => {
  if (hook === undefined) return null;
  const { stored } = resolving.kept;
  const before = stored?.connectors.find((one) => one.name === name)?.hookTokenHash ?? null;
  if (hook !== true)
    return namedToken(hook.token.secret, ['connectors', name, 'hook', 'token'], before, resolving);
  if (before !== null) return before;
  const token = newToken(resolving.tenant);
  resolving.newTokens.set(name, token);
  return tokenHash(token);
};

const connectorOf = (
  name: string,
  declared: DeclaredConnector,
  resolving: Resolving,
): StoredConnector => ({
  name,
  connector: declared.connector ?? name,
  settings: declared.settings ?? {},
  hookTokenHash: hookHash(declared, name, resolving),
  enabled: declared.enabled ?? true,
});

type DeclaredKey = NonNullable<DeclaredCredential['keys']>[number];

/** A hash where it is known; else the name of the secret whose value was not given. */
const knownKey = (
  key: DeclaredKey,
  { tenant, values }: Resolving,
): { readonly hash: string } | { readonly missing: string } => {
  if ('sha256' in key) return { hash: key.sha256 };
  const value = values(tenant, key.secret);
  return value === undefined ? { missing: key.secret } : { hash: tokenHash(value) };
};

/**
 * Hashes of the API keys. A key whose value is not given must be among those stored: what is known is taken out of them,
 * and just as many as are missing must be left over.
 */
const keyHashes = (declared: DeclaredCredential, path: Path, resolving: Resolving): string[] => {
  const { stored } = resolving.kept;
  const before = stored?.credentials.find(({ name }) => name === declared.name)?.keyHashes ?? [];
  // Without a word about keys they are those that "keys new" made.
  if (!declared.keys) return [...before];
  const keys = declared.keys.map((key) => knownKey(key, resolving));
  const known = keys.flatMap((key) => ('hash' in key ? [key.hash] : []));
  const missing = keys.flatMap((key) => ('missing' in key ? [key.missing] : []));
  if (missing.length === 0) return [...new Set(known)];
  const left = before.filter((hash) => !known.includes(hash));
  if (missing.length !== left.length)
    resolving.complaints.push({
      path: [...path, 'keys'],
      told: (language) => missing.map((one) => unknownSecret(one)(language)).join('; '),
    });
  return [...new Set([...known, ...left])];
};

const factsOf = (
  { name }: DeclaredCredential,
  hashes: readonly string[],
  { kept }: Resolving,
): NonNullable<StoredCredential['keyFacts']> => {
  const before = kept.stored?.credentials.find((one) => one.name === name)?.keyFacts ?? {};
  return Object.fromEntries(Object.entries(before).filter(([hash]) => hashes.includes(hash)));
};

const keysOf = (declared: DeclaredCredential, index: number, resolving: Resolving) => {
  const hashes = keyHashes(declared, ['credentials', index], resolving);
  return { keyHashes: hashes, keyFacts: factsOf(declared, hashes, resolving) };
};

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** A day counts to its end. */
const momentOf = (expires: string | undefined): string | null => {
  if (expires === undefined) return null;
  return new Date(dayPattern.test(expires) ? `${expires}T23:59:59.999Z` : expires).toISOString();
};

const clientOf = ({ oauth }: DeclaredCredential) =>
  oauth ? { issuer: oauth.issuer, clientId: oauth.clientId } : { issuer: null, clientId: null };

const credentialOf = (
  declared: DeclaredCredential,
  index: number,
  resolving: Resolving,
): StoredCredential => ({
  name: declared.name,
  ...keysOf(declared, index, resolving),
  ...clientOf(declared),
  sources: declared.sources ?? [],
  types: declared.types ?? [],
  postvakken: declared.postvakken ?? [],
  system: declared.system ?? null,
  expiresAt: momentOf(declared.expires),
});

const secretsOf = (
  connectors: Readonly<Record<string, DeclaredConnector>>,
  { tenant, kept, values, complaints }: Resolving,
): Map<string, string | null> => {
  const secrets = new Map<string, string | null>();
  for (const [name, { settings }] of Object.entries(connectors))
    for (const place of secretPlaces(settings)) {
      const value = values(tenant, place.name);
      if (value === undefined && !kept.secretNames.has(place.name))
        complaints.push({
          path: ['connectors', name, 'settings', ...place.path],
          told: unknownSecret(place.name),
        });
      secrets.set(place.name, value ?? null);
    }
  return secrets;
};

const endsOf = (
  names: Iterable<string>,
  endOf: (name: string) => Date | null | undefined,
): Map<string, Date | null> =>
  new Map(
    [...names].flatMap((name): [string, Date | null][] => {
      const end = endOf(name);
      return end === undefined ? [] : [[name, end]];
    }),
  );

const settingsOf = ({
  verwerkingen,
  rate,
  allowedHosts,
  burgerprofiel,
}: DeclaredTenant['declared']) => ({
  verwerkingen: verwerkingen ?? [],
  rate: rate ?? usualRate,
  allowedHosts: allowedHosts ?? [],
  ...(burgerprofiel && { burgerprofiel }),
});

const routesOf = ({ routes = [] }: DeclaredTenant['declared']): StoredRoute[] =>
  routes.map(({ when, filter, to }) => ({ type: when.type, filter: filter ?? null, targets: to }));

/** Resolves a declaration against what is stored. Throws `DeclarationBroken` where a secret has no value anywhere. */
export const desire = (
  { declared, placeOf }: DeclaredTenant,
  kept: Kept,
  { values, ends }: { readonly values: SecretValues; readonly ends: SecretEnds },
): Desired => {
  const { tenant, connectors = {}, credentials = [] } = declared;
  const newTokens = new Map<string, string>();
  const resolving: Resolving = { tenant, kept, values, complaints: [], newTokens };
  const secrets = secretsOf(connectors, resolving);
  const desired: Desired = {
    tenant: {
      id: tenant,
      name: declared.name,
      bestuurseenheid: declared.bestuurseenheid,
      kbo: declared.kbo,
      settings: settingsOf(declared),
      connectors: Object.entries(connectors).map(([name, one]) =>
        connectorOf(name, one, resolving),
      ),
      routes: routesOf(declared),
      credentials: credentials.map((one, index) => credentialOf(one, index, resolving)),
    },
    secrets,
    secretEnds: endsOf(secrets.keys(), (name) => ends(tenant, name)),
    newTokens,
  };
  const complaints = resolving.complaints.map((one) => complaintAt(placeOf, one));
  if (complaints.length > 0) throw new DeclarationBroken(complaints);
  return desired;
};
