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
  consoleClientId,
  gatewayClientId,
  opaqueAudience,
} from './applications.js';
import { htmlText, identityPage } from './choose-person.js';
import { findConsoleAccount, rolesClaim, rolesScope } from './console-people.js';
import { choosePath, identityPath, identityPaths } from './identity-paths.js';
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
      findByUid: (uid: string) =>
        Promise.resolve(
          [...stored].find(
            ([key, { payload }]) => key.startsWith(`${model}:`) && payload.uid === uid,
          )?.[1].payload,
        ),
      revokeByGrantId: (grantId: string): Promise<void> => {
        for (const [key, { payload }] of stored)
          if (payload.grantId === grantId) stored.delete(key);
        return Promise.resolve();
      },
      destroy: (id: string): Promise<void> => {
        stored.delete(`${model}:${id}`);
        return Promise.resolve();
      },
    };
  };
};

type LogoutSource = NonNullable<
  NonNullable<Configuration['features']>['rpInitiatedLogout']
>['logoutSource'];

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

/** Sends browsers back to whichever port of this machine the console listens on (RFC 8252 section 7.3). */
const consoleOf = async (folder: string): Promise<ClientMetadata> => ({
  client_id: consoleClientId,
  application_type: 'native',
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: algorithm,
  id_token_signed_response_alg: algorithm,
  jwks: { keys: [await publicKeyOf(folder, consoleClientId)] },
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/sign-in/return'],
  post_logout_redirect_uris: ['http://127.0.0.1/'],
  scope: `openid profile ${rolesScope}`,
});

/** Asks whether to sign out here too; the form is the provider's own. */
const askToLeave: NonNullable<LogoutSource> = (context, form) => {
  context.type = 'html';
  context.body = identityPage(
    'Afmelden',
    `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes"><strong>Ook hier afmelden</strong><span>De volgende aanmelding vraagt opnieuw wie u bent</span></button>`,
  );
};

/** Nobody is asked for consent: the console is the government's own. */
const grantFor: NonNullable<Configuration['loadExistingGrant']> = async ({ oidc }) => {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(`openid profile ${rolesScope}`);
  await grant.save();
  return grant;
};

const features: NonNullable<Configuration['features']> = {
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  introspection: {
    enabled: true,
    allowedPolicy: (_context, client) => client.clientId === gatewayClientId,
  },
  rpInitiatedLogout: { enabled: true, logoutSource: askToLeave },
  resourceIndicators: {
    enabled: true,
    defaultResource: (_context, client) =>
      client.clientId === consoleClientId ? [] : opaqueAudience,
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
 * resource `busAudience`, opaque ones otherwise, introspection (RFC 7662) for the gateway alone; and the authorization
 * code flow for the people of the console, who choose which of the invented ones they are.
 */
export const createIdentityProvider = async (folder: string, origin: string): Promise<Provider> => {
  const clients = await Promise.all(
    clientIds.map((id) => (id === consoleClientId ? consoleOf(folder) : clientOf(folder, id))),
  );
  const jwks = { keys: [await signingKey(folder)] } as NonNullable<Configuration['jwks']>;
  const provider = new Provider(`${origin}${identityPath}`, {
    adapter: memory() as NonNullable<Configuration['adapter']>,
    clients,
    jwks,
    features,
    scopes: ['openid', 'profile', rolesScope, ...reserved],
    claims: {
      openid: ['sub'],
      profile: ['given_name', 'family_name'],
      [rolesScope]: [rolesClaim],
    },
    // As ACM/IDM does: what the scopes give stands in the ID token.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    interactions: { url: (_context, { uid }) => `${choosePath}/${uid}` },
    loadExistingGrant: grantFor,
    routes: identityPaths,
    enabledJWA: {
      clientAuthSigningAlgValues: [algorithm],
      idTokenSigningAlgValues: [algorithm],
    },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    renderError: (context, { error, error_description: words }) => {
      context.type = 'html';
      context.body = identityPage(
        'Deze aanmelding lukt niet',
        `<p><code>${htmlText(`${error}: ${words ?? ''}`)}</code></p><p>Begin opnieuw vanuit het venster.</p>`,
      );
    },
    findAccount: findConsoleAccount,
    ttl: {
      ...{ ClientCredentials: tokenSeconds, AccessToken: tokenSeconds, IdToken: tokenSeconds },
      // As ACM/IDM: the code must be redeemed within 30 s.
      ...{ AuthorizationCode: 30, Interaction: 600, Session: 3_600, Grant: 3_600 },
    },
  });
  return provider;
};
