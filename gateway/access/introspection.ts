import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importPKCS8, SignJWT, type JWTPayload } from 'jose';
import { Refusal } from '#intake/refusal.js';
import { clientOf, type Client } from './client.js';
import type { Introspection, Issuer } from './issuers.js';

const timeoutMs = 5_000;
/** An answer is a few lines; a login page may be endless. */
const maxAnswerBytes = 65_536;
/** The clock of the issuer need not be ours. */
const clockToleranceSeconds = 30;
const assertionSeconds = 60;
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Asks the issuer about an opaque token (RFC 7662); null where it is not active or not for us. Throws 503 where it does not answer. */
export type Introspect = (token: string) => Promise<Client | null>;

interface Credentials {
  readonly headers: Record<string, string>;
  readonly form: Record<string, string>;
}

/** client_secret_basic, RFC 6749 section 2.3.1. */
const bySecret = (clientId: string, secret: string): Credentials => {
  const login = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`;
  return {
    headers: { authorization: `Basic ${Buffer.from(login).toString('base64')}` },
    form: {},
  };
};

/** private_key_jwt, RFC 7523 section 3. */
const byKey = async (issuer: Issuer, { clientId, url, ...rest }: Introspection, pem: string) => {
  const alg = rest.algorithm ?? 'RS256';
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience([issuer.issuer, url])
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${assertionSeconds}s`)
    .sign(await importPKCS8(pem, alg));
  const form = {
    client_id: clientId,
    client_assertion_type: jwtBearer,
    client_assertion: assertion,
  };
  return { headers: {}, form };
};

/** Reads the secret or key now, so that a wrong path is noticed at start. */
const credentialsOf = (issuer: Issuer, introspection: Introspection) => {
  const { clientId, clientSecretFile, privateKeyFile } = introspection;
  const content = readFileSync(privateKeyFile ?? clientSecretFile ?? '', 'utf8').trim();
  if (privateKeyFile !== undefined) return () => byKey(issuer, introspection, content);
  return () => bySecret(clientId, content);
};

type Answered = JWTPayload & { readonly active: boolean };

const isAnswer = (value: unknown): value is Answered =>
  typeof value === 'object' &&
  value !== null &&
  'active' in value &&
  typeof value.active === 'boolean';

/** What RFC 7662 calls an answer; a login page, or anything else that came with 200, is none and throws. */
const readAnswer = async (response: Response): Promise<Answered> => {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += (chunk as Uint8Array).length;
    if (sizeBytes > maxAnswerBytes) throw new Error('introspection answered without end');
    chunks.push(chunk as Uint8Array);
  }
  const answer: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (!isAnswer(answer)) throw new Error('introspection answered something else');
  return answer;
};

const isForUs = (issuer: Issuer, introspection: Introspection, answer: Answered): boolean => {
  const { active, aud, iss, exp } = answer;
  const unstated = aud === undefined && introspection.audienceOptional === true;
  const sameIssuer = iss === undefined || iss === issuer.issuer;
  const current = ((exp ?? 0) + clockToleranceSeconds) * 1000 > Date.now();
  return active && sameIssuer && (unstated || [aud].flat().includes(issuer.audience)) && current;
};

export const createIntrospection = (issuer: Issuer, introspection: Introspection): Introspect => {
  const present = credentialsOf(issuer, introspection);
  return async (token) => {
    try {
      const { headers, form } = await present();
      const response = await fetch(introspection.url, {
        method: 'POST',
        headers: { ...headers, accept: 'application/json' },
        body: new URLSearchParams({ token, token_type_hint: 'access_token', ...form }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) throw new Error(`introspection answered ${response.status}`);
      const answer = await readAnswer(response);
      return isForUs(issuer, introspection, answer) ? clientOf(issuer, answer) : null;
    } catch (cause) {
      const params = { variant: 'issuer' };
      throw new Refusal('unavailable', 503, { params, retryAfterSeconds: 5, cause });
    }
  };
};
