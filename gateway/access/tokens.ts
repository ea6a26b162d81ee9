import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import { Refusal } from '#intake/refusal.js';
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

/** Where an issuer is named that nobody told us to trust. */
const untrusted = (issuer: string): Refusal =>
  new Refusal('unavailable', 503, {
    params: { variant: 'issuer' },
    retryAfterSeconds: 60,
    cause: new Error(`${issuer} is not among the issuers of LBBUS_ISSUERS_FILE`),
  });

/** Asks once for all who ask the same at the same time. */
const singleFlight = <T>() => {
  const underway = new Map<string, Promise<T>>();
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    const asked = underway.get(key) ?? ask().finally(() => underway.delete(key));
    underway.set(key, asked);
    return asked;
  };
};

/**
 * Tells to whom a bearer token was given: a JWT is verified by the keys of its issuer, an opaque one by asking the
 * issuers, or `only` the one that is named. What was found holds for 60 s at most, a refusal for 5 s; so a revoked token
 * lives no longer than that.
 */
export const createTokens = (issuers: readonly Issuer[]) => {
  const trusted: readonly Trusted[] = issuers.map((issuer) => ({
    issuer,
    verify: createJwtVerification(issuer),
    introspect: issuer.introspection ? createIntrospection(issuer, issuer.introspection) : null,
  }));
  const known = new LRUCache<string, { client: Client | null }>({ max: rememberedTokens });
  const once = singleFlight<Client | null>();

  const fromJwt = async (token: string, among: readonly Trusted[]): Promise<Client | null> => {
    const name = issuerIn(token);
    const found = among.find(({ issuer }) => issuer.issuer === name);
    return found ? found.verify(token) : null;
  };
  const fromOpaque = async (token: string, among: readonly Trusted[]): Promise<Client | null> => {
    for (const { introspect } of among) {
      const client = await introspect?.(token);
      if (client) return client;
    }
    return null;
  };

  return async (token: string, only?: string): Promise<Client | null> => {
    const among = trusted.filter(({ issuer }) => only === undefined || issuer.issuer === only);
    if (only !== undefined && among.length === 0) throw untrusted(only);
    const key = sha256Hex(JSON.stringify([only ?? null, token]));
    const remembered = known.get(key);
    if (remembered) return remembered.client;
    return once(key, async () => {
      const client = await (isJwt(token) ? fromJwt(token, among) : fromOpaque(token, among));
      const leftMs = client ? Math.min(trustedMs, client.expiresAt * 1000 - Date.now()) : refusedMs;
      if (leftMs > 0) known.set(key, { client }, { ttl: leftMs });
      return client;
    });
  };
};
