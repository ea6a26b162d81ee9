import { createECDH, createHash, createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Account, SimulatedAnswer, SimulatedRequest, SimulatorTools } from './simulator.js';

const issuerPath = '/op';

/** Where a simulator with ACM/IDM in it gives tokens. */
export const acmIdmTokenPath = `${issuerPath}/v1/token`;

interface Given {
  readonly endsAtMs: number;
  readonly scopes: readonly string[];
}

/** What ACM/IDM knows of the client of one account. */
export interface AcmIdmState {
  readonly account: Account;
  readonly tools: SimulatorTools;
  /** Scopes that the client may ask; another is an error at once. */
  readonly scopes: readonly string[];
  readonly tokens: Map<string, Given>;
  /** Assertions that were used: none is taken twice. */
  readonly used: Set<string>;
}

const clientIdOf = ({ name }: Account): string => `lb-bus-${name}`;

interface Keys {
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  readonly publicKey: KeyObject;
}

const keys = new Map<string, Keys>();

/** The same keys for the same secret, so that whoever knows the secret of an account can make them. */
const keysOf = (secret: string): Keys => {
  const known = keys.get(secret);
  if (known) return known;
  const key = privateKeyOf(secret);
  const made = {
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: createPublicKey(key),
  };
  keys.set(secret, made);
  return made;
};

const privateKeyOf = (secret: string): KeyObject => {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(createHash('sha256').update(secret).digest());
  const point = curve.getPublicKey();
  const part = (bytes: Buffer): string => bytes.toString('base64url');
  const coordinates = { x: part(point.subarray(1, 33)), y: part(point.subarray(33)) };
  const jwk = { kty: 'EC', crv: 'P-256', ...coordinates, d: part(curve.getPrivateKey()) };
  return createPrivateKey({ key: jwk, format: 'jwk' });
};

/** The secret of an account may be the public key (PEM) of a client that keeps its private key to itself. */
const publicKeyOf = ({ secret }: Account): KeyObject =>
  secret.startsWith('-----BEGIN') ? createPublicKey(secret) : keysOf(secret).publicKey;

/** Settings with which a connector is known to ACM/IDM in the simulator. */
export const acmIdmClient = (baseUrl: string, account: Account): Record<string, unknown> => ({
  issuer: `${baseUrl}${issuerPath}`,
  clientId: clientIdOf(account),
  privateKey: keysOf(account.secret).privateKey,
});

/** ACM/IDM for one account, whose client may ask these scopes. */
export const openAcmIdm = (
  account: Account,
  tools: SimulatorTools,
  scopes: readonly string[],
): AcmIdmState => ({ account, tools, scopes, tokens: new Map(), used: new Set() });

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** Longest life of an assertion; clocks may differ by as much as `toleranceSeconds`. */
const assertionSeconds = 600;
const toleranceSeconds = 60;
const tokenSeconds = 3600;

const isNew = ({ used }: AcmIdmState, { jti = '' }: JWTPayload): boolean => {
  if (jti === '' || used.has(jti)) return false;
  used.add(jti);
  return true;
};

const isShortLived = ({ iat = 0, exp = Infinity }: JWTPayload, now: Date): boolean =>
  exp - iat <= assertionSeconds && iat <= seconds(now) + toleranceSeconds;

/** RFC 7523, 3: signed with the key of the client, made out to this issuer, short-lived and never used before. */
const isOurs = async (state: AcmIdmState, assertion: string): Promise<boolean> => {
  const { account, tools } = state;
  const clientId = clientIdOf(account);
  try {
    const { payload } = await jwtVerify(assertion, publicKeyOf(account), {
      algorithms: ['RS256', 'ES256'],
      issuer: clientId,
      subject: clientId,
      requiredClaims: ['iat', 'exp', 'jti'],
      currentDate: tools.now(),
      clockTolerance: toleranceSeconds,
    });
    const isForUs = payload.aud === `${tools.baseUrl}${issuerPath}`;
    return isForUs && isShortLived(payload, tools.now()) && isNew(state, payload);
  } catch {
    return false;
  }
};

const formIn = ({ method, headers, body }: SimulatedRequest): URLSearchParams => {
  const type = headers['content-type'] ?? '';
  const isForm = method === 'POST' && type.startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? body.toString() : '');
};

const scopesIn = (form: URLSearchParams): string[] =>
  (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const isKnown = async (state: AcmIdmState, form: URLSearchParams): Promise<boolean> => {
  const clientId = clientIdOf(state.account);
  if ((form.get('client_id') ?? clientId) !== clientId) return false;
  if (form.get('client_assertion_type') !== assertionType) return false;
  return isOurs(state, form.get('client_assertion') ?? '');
};

/** RFC 6749, 5.2: what is wrong with a token request; null where nothing is. */
const wrongWith = async (
  state: AcmIdmState,
  form: URLSearchParams,
): Promise<readonly [string, string] | null> => {
  if (!form.has('grant_type')) return ['invalid_request', 'missing required parameter grant_type'];
  if (form.get('grant_type') !== 'client_credentials')
    return ['unsupported_grant_type', 'unsupported grant_type requested'];
  if (!(await isKnown(state, form))) return ['invalid_client', 'client authentication failed'];
  const scopes = scopesIn(form);
  if (scopes.length === 0 || scopes.some((scope) => !state.scopes.includes(scope)))
    return ['invalid_scope', 'requested scope is not allowed'];
  return null;
};

/** POST …/v1/token: an opaque token for a client that signed an assertion (ACM/IDM; RFC 6749, 4.4; RFC 7523, 2.2). */
export const giveAcmIdmToken = async (
  state: AcmIdmState,
  request: SimulatedRequest,
): Promise<SimulatedAnswer> => {
  const now = state.tools.now();
  const headers = { date: now.toUTCString(), 'cache-control': 'no-store' };
  const form = formIn(request);
  const wrong = await wrongWith(state, form);
  if (wrong) {
    const [error, description] = wrong;
    const status = error === 'invalid_client' ? 401 : 400;
    return { status, headers, json: { error, error_description: description } };
  }
  const token = randomUUID();
  const scopes = scopesIn(form);
  state.tokens.set(token, { endsAtMs: now.getTime() + 1000 * tokenSeconds, scopes });
  const json = {
    access_token: token,
    token_type: 'Bearer',
    expires_in: tokenSeconds,
    scope: scopes.join(' '),
  };
  return { status: 200, headers, json };
};

/** The scopes of the token that a request carries; null where it carries none that still lives. */
export const scopesOfToken = (
  { tokens, tools }: AcmIdmState,
  { headers }: SimulatedRequest,
): readonly string[] | null => {
  const given = tokens.get((headers['authorization'] ?? '').replace(/^Bearer /, ''));
  return given && given.endsAtMs > tools.now().getTime() ? given.scopes : null;
};
