import type { JWTPayload } from 'jose';
import type { Issuer } from './issuers.js';

/** The application a token was given to, and until when the token holds (seconds since 1970). */
export interface Client {
  readonly issuer: string;
  readonly clientId: string;
  readonly expiresAt: number;
}

/** The client that the claims of a checked token name; null where they name none or never end. */
export const clientOf = (issuer: Issuer, claims: JWTPayload): Client | null => {
  const clientId = claims[issuer.clientIdClaim ?? 'client_id'];
  if (typeof clientId !== 'string' || claims.exp === undefined) return null;
  return { issuer: issuer.issuer, clientId, expiresAt: claims.exp };
};
