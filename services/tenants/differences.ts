import { isDeepStrictEqual } from 'node:util';
import type { Difference } from './difference.js';
import type { StoredConnector, StoredCredential, StoredRoute, StoredTenant } from './stored.js';

const longestValue = 80;

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `settings.baseUrl "a" → "b"` for each part that differs. */
const differences = (path: string, before: unknown, after: unknown): string[] => {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [`${path} ${shown(before)} → ${shown(after)}`];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    differences(path === '' ? name : `${path}.${name}`, before[name], after[name]),
  );
};

/** Hashes are no business of a reader. */
const readableConnector = ({ hookTokenHash, ...rest }: StoredConnector): object => ({
  ...rest,
  hook: hookTokenHash !== null,
});
const readableCredential = (one: StoredCredential): object => ({
  ...one,
  ...{ keyHashes: undefined, keyFacts: undefined },
  keys: one.keyHashes.length,
});

/** What has a name of its own in a tenant. */
export interface Kind<T extends { readonly name: string }> {
  readonly noun: string;
  readonly readable: (one: T) => object;
  /** Said where only what is hidden differs. */
  readonly hidden: string;
}

export const connectorKind: Kind<StoredConnector> = {
  noun: 'connector',
  readable: readableConnector,
  hidden: 'hook token changed',
};
export const credentialKind: Kind<StoredCredential> = {
  noun: 'credential',
  readable: readableCredential,
  hidden: 'keys changed',
};

/** What came, changed and went of one kind, with the one it is about. */
export const namedDifferences = <T extends { readonly name: string }>(
  { noun, readable, hidden }: Kind<T>,
  before: readonly T[],
  after: readonly T[],
): readonly (Difference & { readonly of: T })[] => {
  const removed = before.filter((one) => !after.some(({ name }) => name === one.name));
  const changes = after.flatMap((one): (Difference & { readonly of: T })[] => {
    const words = `${noun} ${one.name}`;
    const old = before.find(({ name }) => name === one.name);
    if (!old) return [{ sign: '+', words, of: one }];
    if (isDeepStrictEqual(old, one)) return [];
    const parts = differences('', readable(old), readable(one));
    const detail = parts.length > 0 ? parts.join(', ') : hidden;
    return [{ sign: '~', words: `${words}: ${detail}`, of: one }];
  });
  return [
    ...changes,
    ...removed.map((one) => ({ sign: '-' as const, words: `${noun} ${one.name}`, of: one })),
  ];
};

const routeWords = ({ type, filter, targets }: StoredRoute): string =>
  `${type} → ${targets.join(', ')}${filter ? ` when ${JSON.stringify(filter)}` : ''}`;

/** Routes are replaced together; the lines tell which. */
export const routeDifferences = (
  before: readonly StoredRoute[],
  after: readonly StoredRoute[],
): Difference[] => {
  if (isDeepStrictEqual(before, after)) return [];
  const [old, next] = [before.map(routeWords), after.map(routeWords)];
  const lines = [
    ...next.filter((words) => !old.includes(words)).map((words) => ({ sign: '+' as const, words })),
    ...old.filter((words) => !next.includes(words)).map((words) => ({ sign: '-' as const, words })),
  ].map(({ sign, words }) => ({ sign, words: `route ${words}` }));
  return lines.length > 0 ? lines : [{ sign: '~', words: 'routes: in another order' }];
};

const readableTenant = ({ name, bestuurseenheid, kbo, settings }: TenantState): object => ({
  name,
  bestuurseenheid,
  kbo,
  ...settings,
});

/** What differs of the tenant itself; none where nothing does. */
export const tenantDifference = (before: TenantState, after: TenantState): Difference | null => {
  const parts = differences('', readableTenant(before), readableTenant(after));
  return parts.length > 0 ? { sign: '~', words: parts.join(', ') } : null;
};

/** A tenant as its declaration says it, with all that is stored of it but its keys. */
export type TenantState = Omit<StoredTenant, 'bodyKey'>;

/** The same without a hash: what may be kept of how it stood. */
export const bareState = ({
  id,
  name,
  bestuurseenheid,
  kbo,
  ...rest
}: TenantState): TenantState => ({
  ...{ id, name, bestuurseenheid, kbo },
  settings: rest.settings,
  connectors: rest.connectors.map((one) => ({
    ...one,
    hookTokenHash: one.hookTokenHash === null ? null : 'set',
  })),
  routes: rest.routes,
  credentials: rest.credentials.map((one) => ({
    ...one,
    keyFacts: {},
    keyHashes: one.keyHashes.map(() => 'set'),
  })),
});

/** Keys are no part of a declaration: how many there are makes no difference. */
const keyless = (one: StoredCredential): StoredCredential => ({ ...one, keyHashes: [] });

/** How two states of a tenant differ, but for the keys of its applications, which no declaration names. */
export const stateDifferences = (from: TenantState, to: TenantState): Difference[] => {
  const [before, after] = [bareState(from), bareState(to)];
  const tenant = tenantDifference(before, after);
  const connectors = namedDifferences(connectorKind, before.connectors, after.connectors);
  const credentials = namedDifferences(
    credentialKind,
    before.credentials.map(keyless),
    after.credentials.map(keyless),
  );
  return [
    ...(tenant ? [tenant] : []),
    ...connectors,
    ...routeDifferences(before.routes, after.routes),
    ...credentials,
  ].map(({ sign, words }) => ({ sign, words }));
};
