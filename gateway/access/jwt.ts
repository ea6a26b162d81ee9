import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { Refusal } from '#intake/refusal.js';
import { clientOf, type Client } from './client.js';
import type { Issuer } from './issuers.js';

const keysMaxAgeMs = 10 * 60_000;
const clockToleranceSeconds = 30;
const types = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);

/** Answers the client of a JWT; null where it is not valid. Throws 503 while the keys were never fetched. */
export type VerifyJwt = (token: string) => Promise<Client | null>;

/** A fault of the token; anything else that goes wrong is one of reaching the issuer. */
const isFaultOfToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  error.code !== 'ERR_JWKS_TIMEOUT' &&
  error.code !== 'ERR_JOSE_GENERIC';

/** While an issuer is away its last known keys go on counting; they are asked for again each ten minutes. */
const keysOf = (issuer: Issuer) => {
  const keys = createRemoteJWKSet(new URL(issuer.jwksUri), { cacheMaxAge: Infinity });
  let askedAt = performance.now();
  return {
    keys,
    refresh: () => {
      if (performance.now() - askedAt < keysMaxAgeMs) return;
      askedAt = performance.now();
      keys.reload().catch(() => undefined);
    },
  };
};

/** Checks signature, issuer, audience, algorithm and times against what is pinned for this issuer. */
export const createJwtVerification = (issuer: Issuer): VerifyJwt => {
  const { keys, refresh } = keysOf(issuer);
  return async (token) => {
    refresh();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms: issuer.algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp'],
      });
      return types.has(protectedHeader.typ?.toLowerCase()) ? clientOf(issuer, payload) : null;
    } catch (error) {
      if (isFaultOfToken(error)) return null;
      throw new Refusal('unavailable', 503, {
        params: { variant: 'issuer' },
        retryAfterSeconds: 5,
      });
    }
  };
};
