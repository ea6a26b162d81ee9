import type { JWTPayload } from 'jose';
import type { Issuer } from './issuers.js';

/** The application a token was given to, and until when the token holds (seconds since 1970). */
export interface Client {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** RFC 8693 section 4.2 writes one text; some issuers write a list. */
const scopesIn = (scope: unknown): string[] =>
  [scope]
    .flat()
    .filter((one) => typeof one === 'string')
    .flatMap((one) => one.split(' '))
    .filter((one) => one !== '');

/** The client that the claims of a checked token name; null where they name none or never end. */
export const clientOf = (issuer: Issuer, claims: JWTPayload): Client | null => {
  const clientId = claims[issuer.clientIdClaim ?? 'client_id'];
  if (typeof clientId !== 'string' || claims.exp === undefined) return null;
  const scopes = scopesIn(claims['scope']);
  return { issuer: issuer.issuer, clientId, scopes, expiresAt: claims.exp };
};
