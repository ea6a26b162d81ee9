import type { Difference } from './difference.js';
import type { Desired } from './desired.js';
import {
  connectorKind,
  credentialKind,
  namedDifferences,
  routeDifferences,
  tenantDifference,
  type Kind,
} from './differences.js';
import type { KnownSecret, Possession } from './possession.js';
import { fingerprintOf } from './seal-secret.js';
import type { StoredConnector, StoredCredential, StoredRoute } from './stored.js';

/** What is done to the tables for one change. */
export type Act =
  | { readonly act: 'put-tenant'; readonly tenant: Desired['tenant'] }
  | { readonly act: 'remove-tenant' }
  | { readonly act: 'rewrap-keys' }
  | { readonly act: 'put-connector'; readonly connector: StoredConnector }
  | { readonly act: 'remove-connector'; readonly name: string }
  | { readonly act: 'put-routes'; readonly routes: readonly StoredRoute[] }
  | {
      readonly act: 'put-secret';
      readonly name: string;
      readonly value: string;
      readonly expiresAt: Date | null;
    }
  | { readonly act: 'date-secret'; readonly name: string; readonly expiresAt: Date | null }
  | { readonly act: 'remove-secret'; readonly name: string }
  | { readonly act: 'put-credential'; readonly credential: StoredCredential }
  | { readonly act: 'remove-credential'; readonly name: string };

/** One change: the line that a person reads, and what it does. No secret, token or hash is in the words. */
export interface Change extends Difference {
  readonly act: Act;
}

/** All changes of one tenant; none where what is stored is what was declared. */
export interface Plan {
  readonly tenant: string;
  readonly changes: readonly Change[];
}

const named = <T extends { readonly name: string }>(
  kind: Kind<T>,
  { before, after }: { readonly before: readonly T[]; readonly after: readonly T[] },
  acts: { readonly put: (one: T) => Act; readonly remove: (name: string) => Act },
): Change[] =>
  namedDifferences(kind, before, after).map(({ sign, words, of }) => ({
    sign,
    words,
    act: sign === '-' ? acts.remove(of.name) : acts.put(of),
  }));

/** Routes are replaced together: each line carries the same act. */
const routeChanges = (before: readonly StoredRoute[], after: readonly StoredRoute[]): Change[] => {
  const act: Act = { act: 'put-routes', routes: after };
  return routeDifferences(before, after).map((line) => ({ ...line, act }));
};

const dayOf = (moment: Date | null): string => moment?.toISOString().slice(0, 10) ?? 'nothing';

/** The value stays; the day on which it ends may be another. */
const dateChange = (
  name: string,
  { expiresAt }: KnownSecret,
  { secretEnds }: Desired,
): Change[] => {
  const next = secretEnds.get(name);
  if (next === undefined || next?.getTime() === expiresAt?.getTime()) return [];
  const words = `secret ${name}: ends ${dayOf(expiresAt)} → ${dayOf(next)}`;
  return [{ sign: '~', words, act: { act: 'date-secret', name, expiresAt: next } }];
};

const isSame = (name: string, value: string, possession: Possession | null): boolean => {
  const fingerprint = possession?.secrets.get(name)?.fingerprint;
  const keys = possession?.secretKeys;
  return keys && fingerprint ? fingerprintOf(value, keys, name).equals(fingerprint) : false;
};

const secretChange = (
  name: string,
  value: string | null,
  desired: Desired,
  possession: Possession | null,
): Change[] => {
  const old = possession?.secrets.get(name);
  if (value === null || isSame(name, value, possession))
    return old ? dateChange(name, old, desired) : [];
  const expiresAt = desired.secretEnds.get(name) ?? null;
  const act: Act = { act: 'put-secret', name, value, expiresAt };
  return [
    old
      ? { sign: '~', words: `secret ${name}: changed`, act }
      : { sign: '+', words: `secret ${name}`, act },
  ];
};

const secretChanges = (desired: Desired, possession: Possession | null): Change[] => {
  const { secrets } = desired;
  const changes = [...secrets].flatMap(([name, value]) =>
    secretChange(name, value, desired, possession),
  );
  const removed = [...(possession?.secrets.keys() ?? [])].filter((name) => !secrets.has(name));
  return [
    ...changes,
    ...removed.map((name): Change => ({
      sign: '-',
      words: `secret ${name}`,
      act: { act: 'remove-secret', name },
    })),
  ];
};

const tenantChanges = (desired: Desired, possession: Possession | null): Change[] => {
  const { tenant } = desired;
  const act: Act = { act: 'put-tenant', tenant };
  if (!possession) return [{ sign: '+', words: `tenant ${tenant.id} (${tenant.name})`, act }];
  const difference = tenantDifference(possession.stored, tenant);
  return difference ? [{ ...difference, act }] : [];
};

const keyChanges = (possession: Possession | null): Change[] =>
  possession?.outdated === true
    ? [
        {
          sign: '~',
          words: 'data keys: wrapped with the current key',
          act: { act: 'rewrap-keys' },
        },
      ]
    : [];

/** Compares what is declared with what is stored. Secrets are compared by keyed fingerprint and never shown. */
export const planTenant = (desired: Desired, possession: Possession | null): Plan => {
  const { connectors = [], routes = [], credentials = [] } = possession?.stored ?? {};
  const { tenant } = desired;
  return {
    tenant: tenant.id,
    changes: [
      ...tenantChanges(desired, possession),
      ...keyChanges(possession),
      ...secretChanges(desired, possession),
      ...named(
        connectorKind,
        { before: connectors, after: tenant.connectors },
        {
          put: (connector) => ({ act: 'put-connector', connector }),
          remove: (name) => ({ act: 'remove-connector', name }),
        },
      ),
      ...routeChanges(routes, tenant.routes),
      ...named(
        credentialKind,
        { before: credentials, after: tenant.credentials },
        {
          put: (credential) => ({ act: 'put-credential', credential }),
          remove: (name) => ({ act: 'remove-credential', name }),
        },
      ),
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
