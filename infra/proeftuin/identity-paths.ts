/** Path of the identity provider, and in it the paths of ACM/IDM. */
export const identityPath = '/op';
export const identityPaths = {
  token: '/v1/token',
  introspection: '/v1/introspect',
  jwks: '/v1/jwks',
} as const;
