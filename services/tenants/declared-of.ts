import { isDeepStrictEqual } from 'node:util';
import { usualRate } from './build-directory.js';
import type { Declared, DeclaredCredential } from './declaration-schema.js';
import type { TenantState } from './differences.js';
import type { StoredConnector, StoredCredential } from './stored.js';

type Connectors = NonNullable<Declared['connectors']>;

const connectorOf = ({ name, connector, settings, hookTokenHash, enabled }: StoredConnector) => ({
  ...(connector !== name && { connector }),
  ...(Object.keys(settings).length > 0 && { settings: { ...settings } }),
  ...(hookTokenHash !== null && { hook: true as const }),
  ...(!enabled && { enabled }),
});

const some = <T>(name: string, list: readonly T[]): Record<string, T[]> =>
  list.length > 0 ? { [name]: [...list] } : {};

/** Without its keys: what says nothing of them leaves them as they are. */
const credentialOf = (stored: StoredCredential): DeclaredCredential => ({
  name: stored.name,
  ...(stored.issuer !== null &&
    stored.clientId !== null && { oauth: { issuer: stored.issuer, clientId: stored.clientId } }),
  ...some('sources', stored.sources),
  ...some('types', stored.types),
  ...some('postvakken', stored.postvakken),
  ...(stored.system !== null && { system: stored.system }),
  ...(stored.expiresAt !== null && { expires: stored.expiresAt.replace(/\.\d+Z$/, 'Z') }),
});

interface Settings {
  readonly verwerkingen?: readonly string[];
  readonly rate?: NonNullable<Declared['rate']>;
  readonly allowedHosts?: readonly string[];
  readonly burgerprofiel?: NonNullable<Declared['burgerprofiel']>;
}

const settingsOf = ({ verwerkingen, rate, allowedHosts, burgerprofiel }: Settings) => ({
  ...some('verwerkingen', verwerkingen ?? []),
  ...(rate && !isDeepStrictEqual(rate, usualRate) && { rate: { ...rate } }),
  ...some('allowedHosts', allowedHosts ?? []),
  ...(burgerprofiel && { burgerprofiel }),
});

/**
 * The declaration of what is stored: applied as it is it changes nothing. Secrets stand in it by their names; keys and
 * hook tokens are left as they are.
 */
export const declaredOf = (stored: TenantState): Declared => {
  const { id, name, bestuurseenheid, kbo, connectors, routes, credentials } = stored;
  const named = connectors.map((one): [string, Connectors[string]] => [one.name, connectorOf(one)]);
  return {
    ...{ tenant: id, name, bestuurseenheid, kbo },
    ...settingsOf(stored.settings),
    ...(named.length > 0 && { connectors: Object.fromEntries(named) }),
    ...some(
      'routes',
      routes.map(({ type, filter, targets }) => ({
        when: { type },
        ...(filter && { filter: { ...filter } }),
        to: [...targets],
      })),
    ),
    ...some('credentials', credentials.map(credentialOf)),
  };
};
