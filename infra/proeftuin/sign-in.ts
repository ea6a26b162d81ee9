import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importPKCS8, SignJWT } from 'jose';
import { busAudience } from './applications.js';
import { identityPath, identityPaths } from './identity-paths.js';
import { algorithm, privateKeyFile } from './key-pairs.js';

/** How an application signs in. */
export interface SignIn {
  /** Folder with its private key, as `prepare` made it. */
  readonly folder: string;
  /** Origin of the proeftuin. */
  readonly origin: string;
  readonly clientId: string;
  /** What the token is for; `busAudience` gives a JWT. */
  readonly resource?: string;
  /** Scopes, with spaces between them. */
  readonly scope?: string;
  /** Signs with the key of another client. */
  readonly keyOf?: string;
}

/** The proof of who asks (RFC 7523 section 3). */
export const assertionOf = async (options: SignIn): Promise<string> => {
  const { folder, origin, clientId, keyOf = clientId } = options;
  const key = await importPKCS8(readFileSync(privateKeyFile(folder, keyOf), 'utf8'), algorithm);
  return new SignJWT({})
    .setProtectedHeader({ alg: algorithm })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`${origin}${identityPath}`)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(key);
};

/** An access token by client credentials with `private_key_jwt`; throws with the answer where it is refused. */
export const signIn = async (options: SignIn): Promise<string> => {
  const response = await fetch(`${options.origin}${identityPath}${identityPaths.token}`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: options.resource ?? busAudience,
      client_id: options.clientId,
      ...(options.scope !== undefined && { scope: options.scope }),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(options),
    }),
  });
  const answer = (await response.json()) as { access_token?: string };
  if (!response.ok || answer.access_token === undefined)
    throw new Error(`the identity provider answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer.access_token;
};
