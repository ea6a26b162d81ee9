import { randomUUID } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { SignJWT, importPKCS8 } from 'jose';
import type { JWTHeaderParameters } from 'jose';
import type { Credentials, TokenAuth } from './auth.js';
import { Failure } from './failure.js';
import type { HttpClient } from './http.js';

/** RFC 6749, 5.1; some servers write the seconds as text. */
const TokenAnswer = Type.Object({
  access_token: Type.String({ pattern: '^[\\x21-\\x7e]+$' }),
  token_type: Type.String({ pattern: '^[Bb]earer$' }),
  expires_in: Type.Optional(Type.Union([Type.Number(), Type.String({ pattern: '^\\d+$' })])),
});

/** How a client shows who it is: fields of the token request, made anew for each. */
export type ClientProof = () => Promise<Readonly<Record<string, string>>>;

/** RFC 6749, 2.3.1, in the body. */
export const sharedSecret =
  (clientId: string, secret: string): ClientProof =>
  () =>
    Promise.resolve({ client_id: clientId, client_secret: secret });

export interface AssertionOptions {
  readonly clientId: string;
  /** Whom the assertion is for: the issuer or the token endpoint, as the server says. */
  readonly audience: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** `alg`, and what names the key: `kid`, `x5t#S256`. */
  readonly header: JWTHeaderParameters & { readonly alg: string };
}

const assertionSeconds = 120;

/** RFC 7523, 2.2 (`private_key_jwt`): a short-lived assertion, signed with the private key. */
export const signedAssertion = (options: AssertionOptions): ClientProof => {
  const { clientId, audience, privateKey, header } = options;
  return async () => {
    const key = await importPKCS8(privateKey, header.alg).catch((cause: unknown) => {
      throw new Failure('pause', 'The private key of the settings cannot be read (PKCS #8, PEM)', {
        code: 'misconfigured',
        cause,
      });
    });
    const now = Math.floor(Date.now() / 1000);
    const assertion = await new SignJWT()
      .setProtectedHeader(header)
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + assertionSeconds)
      .sign(key);
    return {
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    };
  };
};

export interface ClientCredentials {
  /** Client of the server that gives the tokens. */
  readonly client: HttpClient;
  readonly path: string;
  readonly proof: ClientProof;
  /** What else the server asks: `scope`, `audience`, `resource`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A refusal is never the fault of a message: whoever keeps the settings has to put it right. */
const ofSettings = (failure: unknown): unknown =>
  failure instanceof Failure && failure.verdict !== 'retry'
    ? new Failure('pause', `No token is given: ${failure.message}`, {
        code: failure.verdict === 'pause' ? failure.code : 'unauthorized',
        cause: failure,
      })
    : failure;

const ask = async ({
  client,
  path,
  proof,
  fields,
}: ClientCredentials): Promise<Static<typeof TokenAnswer>> => {
  const form = { grant_type: 'client_credentials', ...(await proof()), ...fields };
  const answer = await client
    .request({
      method: 'POST',
      path,
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      // Several requests may wait for this one; none of their deadlines is its own.
      signal: new AbortController().signal,
      as: TokenAnswer,
    })
    .catch((failure: unknown) => {
      throw ofSettings(failure);
    });
  return answer.body;
};

interface Token {
  readonly credentials: Credentials;
  readonly refreshAt: number;
  readonly endsAt: number;
  uses: number;
}

/** Where the server does not say how long a token lives. */
const defaultSeconds = 300;
/** Part of a token's life after which the next is asked for, while it still serves. */
const refreshFrom = 0.8;
/** After an early refresh that failed: so long the old token serves without another try. */
const quietMs = 30_000;

const tokenOf = (answer: Static<typeof TokenAnswer>, askedAt: number): Token => {
  const lifeMs = 1_000 * Number(answer.expires_in ?? defaultSeconds);
  return {
    credentials: { authorization: `Bearer ${answer.access_token}` },
    refreshAt: askedAt + refreshFrom * lifeMs,
    endsAt: askedAt + lifeMs,
    uses: 0,
  };
};

/** The promise, or the reason of the signal where that comes first. */
const whichever = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

/**
 * RFC 6749, 4.4. One token for all requests of a client: asked for once however many wait for it, again at 80 % of its
 * life while the old one serves, and at once where it was refused. Time is counted here, so that clocks may differ.
 */
export const clientCredentials = (
  options: ClientCredentials,
  now: () => number = () => performance.now(),
): TokenAuth => {
  let token: Token | null = null;
  let asking: Promise<Token> | null = null;
  let quietUntil = -Infinity;

  const askOnce = (): Promise<Token> => {
    const askedAt = now();
    asking ??= ask(options)
      .then((answer) => (token = tokenOf(answer, askedAt)))
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  const refreshBeside = (at: number): void => {
    quietUntil = at + quietMs;
    askOnce().catch(() => undefined);
  };
  return {
    credentials: async (signal) => {
      const at = now();
      const serving = token !== null && at < token.endsAt ? token : null;
      if (serving && at >= serving.refreshAt && at >= quietUntil) refreshBeside(at);
      const given = serving ?? (await whichever(askOnce(), signal));
      given.uses += 1;
      return given.credentials;
    },
    refused: (credentials) => {
      if (token?.credentials !== credentials) return true;
      const { uses } = token;
      token = null;
      return uses > 1;
    },
  };
};
