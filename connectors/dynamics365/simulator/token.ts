import { constants, createPublicKey, verify } from 'node:crypto';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { newId } from './state.js';
import type { Environment } from './state.js';

export const entraTenant = '3f0c5a5e-1c58-4d0e-9d4b-5f2b6b0f0a10';
export const authorityPath = '/entra';
export const tokenPath = `${authorityPath}/${entraTenant}/oauth2/v2.0/token`;

/** Id of the app registration of an account. */
export const clientIdOf = (account: string): string => `lb-bus-${account}`;

const lifeSeconds = 3599;

/** Microsoft Entra's shape of an OAuth error. */
const refusal = (
  environment: Environment,
  error: string,
  [code, text]: readonly [number, string],
): SimulatedAnswer => ({
  status: error === 'invalid_client' ? 401 : 400,
  json: {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: ${newId()} Correlation ID: ${newId()} Timestamp: ${environment.tools.now().toISOString()}`,
    error_codes: [code],
    timestamp: environment.tools.now().toISOString(),
    trace_id: newId(),
    correlation_id: newId(),
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  },
});

const decoded = (piece: string | undefined): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(piece ?? '', 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
};

const isSignedWith = (pem: string, assertion: string): boolean => {
  if (!pem.startsWith('-----BEGIN')) return false;
  const [head = '', payload = '', signature = ''] = assertion.split('.');
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const key = { key: createPublicKey(pem), padding, saltLength: 32 };
  const signed = Buffer.from(`${head}.${payload}`);
  return verify('sha256', signed, key, Buffer.from(signature, 'base64url'));
};

/** An assertion of the client, signed with the key whose public half is this account's secret, PEM. */
const isSigned = ({ account, tools }: Environment, assertion: string): boolean => {
  const [head, payload] = assertion.split('.');
  const header = decoded(head);
  const { iss, sub, aud, exp } = decoded(payload);
  const isOurs = iss === clientIdOf(account.name) && sub === iss;
  const isForUs = aud === `${tools.baseUrl}${tokenPath}`;
  const lives = Number(exp) > tools.now().getTime() / 1000 - 300;
  const isNamed = header['alg'] === 'PS256' && typeof header['x5t#S256'] === 'string';
  return isOurs && isForUs && lives && isNamed && isSignedWith(account.secret, assertion);
};

const isKnown = (environment: Environment, form: URLSearchParams): boolean => {
  const { account } = environment;
  if (form.get('client_id') !== clientIdOf(account.name)) return false;
  const assertion = form.get('client_assertion');
  if (assertion === null) return form.get('client_secret') === account.secret;
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  return form.get('client_assertion_type') === type && isSigned(environment, assertion);
};

const needed = ['grant_type', 'client_id', 'scope'];

type Refusal = readonly [string, readonly [number, string]];

/** What is wrong with a token request; null where nothing is. */
const wrongWith = (environment: Environment, form: URLSearchParams): Refusal | null => {
  const absent = needed.find((name) => !form.get(name));
  if (absent !== undefined)
    return ['invalid_request', [90014, `The required field '${absent}' is missing.`]];
  if (form.get('grant_type') !== 'client_credentials')
    return ['unsupported_grant_type', [70003, 'The grant type is not supported.']];
  if (!isKnown(environment, form))
    return ['invalid_client', [7000215, 'Invalid client secret provided.']];
  if (form.get('scope') !== `${environment.tools.baseUrl}/.default`)
    return ['invalid_scope', [70011, 'The provided value for scope is not valid.']];
  return null;
};

const formIn = ({ method, headers, body }: SimulatedRequest): URLSearchParams => {
  const type = headers['content-type'] ?? '';
  const isForm = method === 'POST' && type.startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? body.toString() : '');
};

/** POST …/oauth2/v2.0/token: client credentials with a secret or a signed assertion, for this environment only. */
export const giveToken = (environment: Environment, request: SimulatedRequest): SimulatedAnswer => {
  const wrong = wrongWith(environment, formIn(request));
  if (wrong) return refusal(environment, ...wrong);
  const token = newId();
  environment.tokens.set(token, environment.tools.now().getTime() + 1000 * lifeSeconds);
  const json = {
    token_type: 'Bearer',
    expires_in: lifeSeconds,
    ext_expires_in: lifeSeconds,
    access_token: token,
  };
  return { status: 200, json };
};

/** True where the request carries a token that still lives. */
export const isAuthorized = (
  { tokens, tools }: Environment,
  { headers }: SimulatedRequest,
): boolean => {
  const token = (headers['authorization'] ?? '').replace(/^Bearer /, '');
  return (tokens.get(token) ?? 0) > tools.now().getTime();
};
