import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Client } from './client.js';
import { sha256Hex } from './digest.js';
import { createIntrospection, type Introspect } from './introspection.js';
import type { Issuer } from './issuers.js';
import { createJwtVerification, type VerifyJwt } from './jwt.js';

const trustedMs = 60_000;
const refusedMs = 5_000;
const rememberedTokens = 10_000;

interface Trusted {
  readonly issuer: Issuer;
  readonly verify: VerifyJwt;
  readonly introspect: Introspect | null;
}

const issuerIn = (token: string): string | undefined => {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
};

const isJwt = (token: string): boolean => token.split('.').length === 3;

/**
 * Tells to whom a bearer token was given: a JWT is verified by the keys of its issuer, an opaque one by asking the
 * issuers. What was found holds for 60 s at most, a refusal for 5 s; so a revoked token lives no longer than that.
 */
export const createTokens = (issuers: readonly Issuer[]) => {
  const trusted: readonly Trusted[] = issuers.map((issuer) => ({
    issuer,
    verify: createJwtVerification(issuer),
    introspect: issuer.introspection ? createIntrospection(issuer, issuer.introspection) : null,
  }));
  const known = new LRUCache<string, { client: Client | null }>({ max: rememberedTokens });

  const fromJwt = async (token: string): Promise<Client | null> => {
    const name = issuerIn(token);
    const found = trusted.find(({ issuer }) => issuer.issuer === name);
    return found ? found.verify(token) : null;
  };
  const fromOpaque = async (token: string): Promise<Client | null> => {
    for (const { introspect } of trusted) {
      const client = await introspect?.(token);
      if (client) return client;
    }
    return null;
  };

  return async (token: string): Promise<Client | null> => {
    const digest = sha256Hex(token);
    const remembered = known.get(digest);
    if (remembered) return remembered.client;
    const client = await (isJwt(token) ? fromJwt(token) : fromOpaque(token));
    const leftMs = client ? Math.min(trustedMs, client.expiresAt * 1000 - Date.now()) : refusedMs;
    if (leftMs > 0) known.set(digest, { client }, { ttl: leftMs });
    return client;
  };
};
