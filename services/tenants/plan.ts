import { isDeepStrictEqual } from 'node:util';
import type { Desired } from './desired.js';
import type { DeploymentKeys, Possession } from './possession.js';
import { fingerprintOf } from './seal-secret.js';
import type { StoredConnector, StoredCredential, StoredRoute, StoredTenant } from './stored.js';

/** What is done to the tables for one change. */
export type Act =
  | { readonly act: 'put-tenant'; readonly tenant: Desired['tenant'] }
  | { readonly act: 'remove-tenant' }
  | { readonly act: 'rewrap-keys' }
  | { readonly act: 'put-connector'; readonly connector: StoredConnector }
  | { readonly act: 'remove-connector'; readonly name: string }
  | { readonly act: 'put-routes'; readonly routes: readonly StoredRoute[] }
  | { readonly act: 'put-secret'; readonly name: string; readonly value: string }
  | { readonly act: 'remove-secret'; readonly name: string }
  | { readonly act: 'put-credential'; readonly credential: StoredCredential }
  | { readonly act: 'remove-credential'; readonly name: string };

/** One change: the line that a person reads, and what it does. No secret, token or hash is in the words. */
export interface Change {
  readonly sign: '+' | '~' | '-';
  readonly words: string;
  readonly act: Act;
}

/** All changes of one tenant; none where what is stored is what was declared. */
export interface Plan {
  readonly tenant: string;
  readonly changes: readonly Change[];
}

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
const readableCredential = ({ keyHashes, ...rest }: StoredCredential): object => ({
  ...rest,
  keys: keyHashes.length,
});

interface Kind<T extends { readonly name: string }> {
  readonly noun: string;
  readonly readable: (one: T) => object;
  readonly put: (one: T) => Act;
  readonly remove: (name: string) => Act;
  readonly hidden: string;
}

const connectors: Kind<StoredConnector> = {
  noun: 'connector',
  readable: readableConnector,
  put: (connector) => ({ act: 'put-connector', connector }),
  remove: (name) => ({ act: 'remove-connector', name }),
  hidden: 'hook token changed',
};
const credentials: Kind<StoredCredential> = {
  noun: 'credential',
  readable: readableCredential,
  put: (credential) => ({ act: 'put-credential', credential }),
  remove: (name) => ({ act: 'remove-credential', name }),
  hidden: 'keys changed',
};

const named = <T extends { readonly name: string }>(
  kind: Kind<T>,
  before: readonly T[],
  after: readonly T[],
): Change[] => {
  const removed = before.filter((one) => !after.some(({ name }) => name === one.name));
  const changes = after.flatMap((one): Change[] => {
    const words = `${kind.noun} ${one.name}`;
    const old = before.find(({ name }) => name === one.name);
    if (!old) return [{ sign: '+', words, act: kind.put(one) }];
    if (isDeepStrictEqual(old, one)) return [];
    const parts = differences('', kind.readable(old), kind.readable(one));
    const detail = parts.length > 0 ? parts.join(', ') : kind.hidden;
    return [{ sign: '~', words: `${words}: ${detail}`, act: kind.put(one) }];
  });
  return [
    ...changes,
    ...removed.map(({ name }): Change => ({
      sign: '-',
      words: `${kind.noun} ${name}`,
      act: kind.remove(name),
    })),
  ];
};

const routeWords = ({ type, filter, targets }: StoredRoute): string =>
  `${type} → ${targets.join(', ')}${filter ? ` when ${JSON.stringify(filter)}` : ''}`;

/** Routes are replaced together: the first line carries the act, the others only tell. */
const routeChanges = (before: readonly StoredRoute[], after: readonly StoredRoute[]): Change[] => {
  if (isDeepStrictEqual(before, after)) return [];
  const [old, next] = [before.map(routeWords), after.map(routeWords)];
  const act: Act = { act: 'put-routes', routes: after };
  const changes = [
    ...next.filter((words) => !old.includes(words)).map((words) => ({ sign: '+' as const, words })),
    ...old.filter((words) => !next.includes(words)).map((words) => ({ sign: '-' as const, words })),
  ].map(({ sign, words }): Change => ({ sign, words: `route ${words}`, act }));
  return changes.length > 0 ? changes : [{ sign: '~', words: 'routes: in another order', act }];
};

const secretChanges = ({ secrets }: Desired, possession: Possession | null): Change[] => {
  const stored = possession?.secrets ?? new Map<string, { fingerprint: Buffer }>();
  const changes = [...secrets].flatMap(([name, value]): Change[] => {
    if (value === null) return [];
    const old = stored.get(name);
    const act: Act = { act: 'put-secret', name, value };
    if (!old || !possession) return [{ sign: '+', words: `secret ${name}`, act }];
    const same = fingerprintOf(value, possession.secretKeys, name).equals(old.fingerprint);
    return same ? [] : [{ sign: '~', words: `secret ${name}: changed`, act }];
  });
  const removed = [...stored.keys()].filter((name) => !secrets.has(name));
  return [
    ...changes,
    ...removed.map((name): Change => ({
      sign: '-',
      words: `secret ${name}`,
      act: { act: 'remove-secret', name },
    })),
  ];
};

const readableTenant = ({
  name,
  bestuurseenheid,
  kbo,
  settings,
}: Omit<StoredTenant, 'bodyKey'>): object => ({ name, bestuurseenheid, kbo, ...settings });

const tenantChanges = (desired: Desired, possession: Possession | null): Change[] => {
  const { tenant } = desired;
  const act: Act = { act: 'put-tenant', tenant };
  if (!possession) return [{ sign: '+', words: `tenant ${tenant.id} (${tenant.name})`, act }];
  const parts = differences('', readableTenant(possession.stored), readableTenant(tenant));
  return parts.length > 0 ? [{ sign: '~', words: parts.join(', '), act }] : [];
};

const keyChanges = (possession: Possession | null, keys: DeploymentKeys): Change[] => {
  const current =
    !possession ||
    (possession.wrappedBy.body === keys.body[0].id &&
      possession.wrappedBy.secret === keys.secret[0].id);
  return current
    ? []
    : [
        {
          sign: '~',
          words: 'data keys: wrapped with the current key',
          act: { act: 'rewrap-keys' },
        },
      ];
};

/** Compares what is declared with what is stored. Secrets are compared by keyed fingerprint and never shown. */
export const planTenant = (
  desired: Desired,
  possession: Possession | null,
  keys: DeploymentKeys,
): Plan => {
  const before = possession?.stored;
  const { tenant } = desired;
  return {
    tenant: tenant.id,
    changes: [
      ...tenantChanges(desired, possession),
      ...keyChanges(possession, keys),
      ...secretChanges(desired, possession),
      ...named(connectors, before?.connectors ?? [], tenant.connectors),
      ...routeChanges(before?.routes ?? [], tenant.routes),
      ...named(credentials, before?.credentials ?? [], tenant.credentials),
    ],
  };
};

/** Removes a tenant that is no longer declared; its keys go with it. */
export const planRemoval = (tenant: string): Plan => ({
  tenant,
  changes: [
    {
      sign: '-',
      words: `tenant ${tenant}: its keys are forgotten, nobody can read its messages any more`,
      act: { act: 'remove-tenant' },
    },
  ],
});

/** The difference as people read it; a text without lines where there is none. */
export const planWords = (plans: readonly Plan[]): string =>
  plans
    .filter(({ changes }) => changes.length > 0)
    .map(({ tenant, changes }) =>
      [`${tenant}:`, ...changes.map(({ sign, words }) => `  ${sign} ${words}`)].join('\n'),
    )
    .join('\n');
