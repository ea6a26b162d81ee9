import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { importPKCS8 } from 'jose';
import * as oidc from 'openid-client';
import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import { personOfClaims } from './claims.js';
import { digestOf, newSecret } from './cookie.js';
import type { OidcSettings } from './oidc-settings.js';
import type { SignedIn } from './sessions.js';

/** How long somebody may be at the identity provider. */
export const signInMinutes = 10;

/** Why a sign-in came to nothing; the console has words for each. */
export type SignInTrouble = 'refused' | 'no-role' | 'too-late' | 'provider-away' | 'failed';

/** Thrown where a sign-in came to nothing; `detail` is for the log. */
export class SignInFailed extends Error {
  readonly trouble: SignInTrouble;

  constructor(trouble: SignInTrouble, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'SignInFailed';
    this.trouble = trouble;
  }
}

/** Somebody came back from the identity provider. */
interface Arrival {
  readonly person: SignedIn;
  readonly idToken: string;
  readonly returnTo: string;
}

/** Sign-in at the identity provider by authorization code, with PKCE, state and nonce. */
export interface SignIn {
  /** Where to send the browser, and what it is to hold meanwhile. */
  readonly begin: (returnTo: string) => Promise<{ readonly url: URL; readonly secret: string }>;
  /** Takes what the provider sent the browser back with. Throws `SignInFailed`. */
  readonly finish: (secret: string | null, query: URLSearchParams) => Promise<Arrival>;
  /** Where to send the browser to sign out at the provider too; null where it has no such place. */
  readonly endAt: (idToken: string | null) => Promise<URL | null>;
}

interface Options {
  readonly settings: OidcSettings;
  readonly database: Database;
  readonly directory: () => Directory;
  /** Address of the console. */
  readonly address: () => string;
  /** Whether the provider may be reached without TLS. */
  readonly sandbox: boolean;
}

/** Path to which the provider sends browsers back: register `<address of the console>/sign-in/return` there. */
export const returnPath = '/sign-in/return';

const algorithmOf = (pem: string): 'RS256' | 'ES256' =>
  createPrivateKey(pem).asymmetricKeyType === 'rsa' ? 'RS256' : 'ES256';

const proofOf = async ({ keyFile, secretFile }: OidcSettings): Promise<oidc.ClientAuth> => {
  if (keyFile === null)
    return oidc.ClientSecretBasic((await readFile(secretFile ?? '', 'utf8')).trim());
  const pem = await readFile(keyFile, 'utf8');
  return oidc.PrivateKeyJwt(await importPKCS8(pem, algorithmOf(pem)));
};

/** Marked as deprecated only to be seldom used: the provider of the sandbox is on this machine and has no TLS. */
const withoutTls = Reflect.get(oidc, 'allowInsecureRequests');

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Asks the provider about itself once; again where that failed. */
const discoverer = ({ settings, sandbox }: Options): (() => Promise<oidc.Configuration>) => {
  let known: Promise<oidc.Configuration> | null = null;
  const ask = async (): Promise<oidc.Configuration> => {
    const { issuer, clientId } = settings;
    const execute = sandbox ? [withoutTls] : [];
    return oidc.discovery(new URL(issuer), clientId, {}, await proofOf(settings), { execute });
  };
  return async () => {
    known ??= ask();
    try {
      return await known;
    } catch (cause) {
      known = null;
      throw new SignInFailed(
        'provider-away',
        `${settings.issuer} does not tell about itself: ${wordsOf(cause)}`,
        { cause },
      );
    }
  };
};

interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly return_to: string;
}

/** An attempt counts once, and not for ever. */
const takeAttempt = (database: Database, secret: string): Promise<Attempt | undefined> =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<Attempt & { fresh: boolean }>`
      delete from monitoring.sign_in where digest = ${digestOf(secret)}
        or begun_at < now() - make_interval(mins => ${signInMinutes}::int)
      returning state, nonce, verifier, return_to,
        digest = ${digestOf(secret)} and begun_at >= now() - make_interval(mins => ${signInMinutes}::int) as fresh`.execute(
      trx,
    );
    return rows.find(({ fresh }) => fresh);
  });

const failureOf = (cause: unknown): SignInFailed => {
  if (cause instanceof oidc.AuthorizationResponseError)
    return new SignInFailed(
      cause.error === 'access_denied' ? 'refused' : 'failed',
      `the identity provider answered ${cause.error}: ${cause.error_description ?? ''}`,
      { cause },
    );
  return new SignInFailed('failed', `the code was not taken: ${wordsOf(cause)}`, { cause });
};

/** Opens the way to the identity provider; asks it nothing before the first sign-in. */
export const openSignIn = (options: Options): SignIn => {
  const { settings, database, directory, address } = options;
  const discover = discoverer(options);
  const redirectUri = (): string => `${address()}${returnPath}`;
  return {
    begin: async (returnTo) => {
      const provider = await discover();
      const [state, nonce, verifier, secret] = [
        oidc.randomState(),
        oidc.randomNonce(),
        oidc.randomPKCECodeVerifier(),
        newSecret(),
      ];
      await database.scoped('*', (trx) =>
        trx
          .insertInto('monitoring.sign_in')
          .values({ digest: digestOf(secret), state, nonce, verifier, return_to: returnTo })
          .execute(),
      );
      const url = oidc.buildAuthorizationUrl(provider, {
        ...{ state, nonce, scope: settings.scope, redirect_uri: redirectUri() },
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { url, secret };
    },
    finish: async (secret, query) => {
      const attempt = secret === null ? undefined : await takeAttempt(database, secret);
      if (!attempt) throw new SignInFailed('too-late', 'no sign-in is under way in this browser');
      const provider = await discover();
      const tokens = await oidc
        .authorizationCodeGrant(provider, new URL(`${redirectUri()}?${query.toString()}`), {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          throw failureOf(cause);
        });
      const claims = tokens.claims();
      const person = claims ? personOfClaims(claims, settings, directory()) : null;
      if (!person)
        throw new SignInFailed('no-role', `${settings.rolesClaim} gives no role at a tenant here`);
      return { person, idToken: tokens.id_token ?? '', returnTo: attempt.return_to };
    },
    endAt: async (idToken) => {
      const provider = await discover().catch(() => null);
      if (!provider?.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(provider, {
        post_logout_redirect_uri: `${address()}/`,
        ...(idToken !== null && { id_token_hint: idToken }),
      });
    },
  };
};
