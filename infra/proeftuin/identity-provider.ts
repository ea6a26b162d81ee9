import { randomBytes } from 'node:crypto';
import Provider, {
  type AdapterPayload,
  type ClientMetadata,
  type Configuration,
} from 'oidc-provider';
import {
  burgerprofielClientId,
  burgerprofielScopes,
  busAudience,
  clientIds,
  gatewayClientId,
  opaqueAudience,
} from './applications.js';
import { identityPath, identityPaths } from './identity-paths.js';
import { algorithm, publicKeyOf, signingKey } from './key-pairs.js';

const tokenSeconds = 600;

/** Opaque tokens and used assertions, as long as the process lives. */
const memory = (): ((model: string) => unknown) => {
  const stored = new Map<string, { payload: AdapterPayload; until: number }>();
  return (model) => {
    const find = (id: string): AdapterPayload | undefined => {
      const found = stored.get(`${model}:${id}`);
      return found && found.until > Date.now() ? found.payload : undefined;
    };
    return {
      upsert: (id: string, payload: AdapterPayload, seconds: number): Promise<void> => {
        const now = Date.now();
        for (const [key, { until }] of stored) if (until <= now) stored.delete(key);
        stored.set(`${model}:${id}`, { payload, until: now + seconds * 1000 });
        return Promise.resolve();
      },
      find: (id: string) => Promise.resolve(find(id)),
      consume: (id: string): Promise<void> => {
        const payload = find(id);
        if (payload) payload['consumed'] = Math.floor(Date.now() / 1000);
        return Promise.resolve();
      },
      destroy: (id: string): Promise<void> => {
        stored.delete(`${model}:${id}`);
        return Promise.resolve();
      },
    };
  };
};

const reserved = Object.values(burgerprofielScopes);

const clientOf = async (folder: string, id: string): Promise<ClientMetadata> => ({
  client_id: id,
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: algorithm,
  id_token_signed_response_alg: algorithm,
  jwks: { keys: [await publicKeyOf(folder, id)] },
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  // A client without a scope of its own could ask for any.
  scope: id === burgerprofielClientId ? reserved.join(' ') : 'openid',
});

const features: NonNullable<Configuration['features']> = {
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  introspection: {
    enabled: true,
    allowedPolicy: (_context, client) => client.clientId === gatewayClientId,
  },
  resourceIndicators: {
    enabled: true,
    defaultResource: () => opaqueAudience,
    getResourceServerInfo: (_context, resource) => ({
      scope: reserved.join(' '),
      audience: busAudience,
      accessTokenTTL: tokenSeconds,
      ...(resource === busAudience
        ? { accessTokenFormat: 'jwt', jwt: { sign: { alg: algorithm } } }
        : { accessTokenFormat: 'opaque' }),
    }),
  },
};

/**
 * Stands in for ACM/IDM: client credentials with `private_key_jwt` (RFC 7523), access tokens as JWT (RFC 9068) for the
 * resource `busAudience`, opaque ones otherwise, introspection (RFC 7662) for the gateway alone.
 */
export const createIdentityProvider = async (folder: string, origin: string): Promise<Provider> => {
  const clients = await Promise.all(clientIds.map((id) => clientOf(folder, id)));
  const jwks = { keys: [await signingKey(folder)] } as NonNullable<Configuration['jwks']>;
  const provider = new Provider(`${origin}${identityPath}`, {
    adapter: memory() as NonNullable<Configuration['adapter']>,
    clients,
    jwks,
    features,
    scopes: ['openid', ...reserved],
    routes: identityPaths,
    enabledJWA: {
      clientAuthSigningAlgValues: [algorithm],
      idTokenSigningAlgValues: [algorithm],
    },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    findAccount: () => undefined,
    ttl: { ClientCredentials: tokenSeconds },
  });
  return provider;
};
