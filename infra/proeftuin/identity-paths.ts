/** Path of the page on which somebody chooses who she is. */
export const choosePath = '/aanmelden';

/** Path of the identity provider, and in it the paths of ACM/IDM. */
export const identityPath = '/op';
export const identityPaths = {
  authorization: '/v1/auth',
  end_session: '/v1/logout',
  token: '/v1/token',
  introspection: '/v1/introspect',
  jwks: '/v1/jwks',
} as const;
