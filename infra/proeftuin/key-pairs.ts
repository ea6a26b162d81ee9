import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  type JWK,
} from 'jose';
import { clientIds } from './applications.js';

const signing = 'signing';
/** Of all signatures here; ACM/IDM takes RS256 as well, whose keys take long to make. */
export const algorithm = 'ES256';

const fileOf = (folder: string, name: string): string => join(folder, 'identity', `${name}.pem`);

/** File of a client's private key: what its application holds. */
export const privateKeyFile = (folder: string, clientId: string): string =>
  fileOf(folder, clientId);

/** Makes the key of the identity provider and of each of its clients, once. */
export const ensureKeyPairs = async (folder: string): Promise<void> => {
  mkdirSync(join(folder, 'identity'), { recursive: true, mode: 0o700 });
  const missing = [signing, ...clientIds].filter((name) => !existsSync(fileOf(folder, name)));
  for (const name of missing) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    writeFileSync(fileOf(folder, name), await exportPKCS8(privateKey), { mode: 0o600 });
  }
};

const jwkOf = async (folder: string, name: string): Promise<JWK> => {
  const pem = readFileSync(fileOf(folder, name), 'utf8');
  const jwk = await exportJWK(await importPKCS8(pem, algorithm, { extractable: true }));
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' };
};

/** The key that signs access tokens, with its private part. */
export const signingKey = (folder: string): Promise<JWK> => jwkOf(folder, signing);

/** What the identity provider knows of a client's key. */
export const publicKeyOf = async (folder: string, clientId: string): Promise<JWK> => {
  const jwk = { ...(await jwkOf(folder, clientId)) };
  delete jwk.d;
  return jwk;
};
