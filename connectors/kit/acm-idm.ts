import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { TokenAuth } from './auth.js';
import { Failure } from './failure.js';
import type { Platform } from './platform.js';
import { secret, text, url } from './settings.js';
import { clientCredentials, signedAssertion } from './token.js';

/** Settings of a connector that shows who it is to ACM/IDM: one client of each local government. */
export const acmIdmSettings = {
  issuer: {
    ...url('Issuer of ACM/IDM: the assertion is made out to it, and tokens are asked below it.'),
    default: 'https://authenticatie.vlaanderen.be/op',
  },
  clientId: text('Client id of the local government at ACM/IDM.'),
  privateKey: secret('Private key of that client (PKCS #8, PEM): RSA, or an EC key on P-256.'),
  keyId: Type.Optional(text('Name of that key at ACM/IDM, where it knows several.')),
};

export interface AcmIdmClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly privateKey: string;
  readonly keyId?: string | undefined;
}

const unusable = (cause?: unknown): Failure =>
  new Failure(
    'pause',
    'The private key of the client at ACM/IDM must be RSA, or EC on P-256 (PKCS #8, PEM)',
    { code: 'misconfigured', cause },
  );

const readKey = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw unusable(cause);
  }
};

const algorithmOf = (pem: string): 'RS256' | 'ES256' => {
  const { asymmetricKeyType, asymmetricKeyDetails } = readKey(pem);
  if (asymmetricKeyType === 'rsa') return 'RS256';
  if (asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256';
  throw unusable();
};

/** Tokens of ACM/IDM by client credentials with `private_key_jwt`; the audience is the issuer, never the token endpoint. */
export const acmIdm = (
  client: AcmIdmClient,
  scope: string,
  { http }: Pick<Platform, 'http'>,
): TokenAuth => {
  const { clientId, privateKey, keyId } = client;
  const issuer = client.issuer.replace(/\/+$/, '');
  const header = {
    alg: algorithmOf(privateKey),
    typ: 'JWT',
    ...(keyId !== undefined && { kid: keyId }),
  };
  return clientCredentials({
    client: http({ baseUrl: issuer }),
    path: '/v1/token',
    proof: signedAssertion({ clientId, audience: issuer, privateKey, header }),
    fields: { scope },
  });
};
