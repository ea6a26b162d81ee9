import { Refusal } from '#intake/refusal.js';
import type { Credential, Directory, Tenant } from '#tenants/directory.js';
import type { Client } from './client.js';
import { sha256Hex } from './digest.js';

/** On whose behalf a request is served. */
export interface Access {
  readonly tenant: Tenant;
  readonly credential: Credential;
}

export interface AdmissionParts {
  readonly directory: () => Directory;
  /** The client a bearer token was given to; null where the token is not valid. */
  readonly clientOf: (token: string) => Promise<Client | null>;
  /** Counts a request of the tenant; throws 429. */
  readonly count: (tenant: Tenant) => Promise<void>;
}

/** 401, which says whether a token was missing or is not valid. */
export const unauthorized = (variant: 'missing' | 'invalid'): Refusal =>
  new Refusal('unauthorized', 401, { params: { variant } });

/** The token in an Authorization header. Throws 401. */
export const bearerOf = (authorization: string | undefined): string => {
  const token = /^bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw unauthorized(authorization === undefined ? 'missing' : 'invalid');
  return token;
};

const credentialOf = async (token: string, parts: AdmissionParts): Promise<Credential | null> => {
  if (token.startsWith('lb_')) return parts.directory().byApiKeyHash(sha256Hex(token));
  const client = await parts.clientOf(token);
  return client && parts.directory().byClient(client.issuer, client.clientId);
};

/** Tells who calls: by API key (`lb_…`) or OAuth 2 access token. Throws 401, 429, or 503 while an issuer cannot be asked. */
export const createAdmission =
  (parts: AdmissionParts) =>
  async (authorization: string | undefined): Promise<Access> => {
    const credential = await credentialOf(bearerOf(authorization), parts);
    const tenant = credential && parts.directory().tenants.get(credential.tenant);
    if (!tenant) throw unauthorized('invalid');
    if (credential.expiresAt !== null && credential.expiresAt.getTime() <= Date.now())
      throw unauthorized('invalid');
    await parts.count(tenant);
    return { tenant, credential };
  };

export type Admission = ReturnType<typeof createAdmission>;
