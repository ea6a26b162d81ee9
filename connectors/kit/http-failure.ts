import { clockWords } from './clock-skew.js';
import type { ErrorCodes, FailureTable } from './definition.js';
import { Failure } from './failure.js';
import type { FailureCode, Verdict } from './failure.js';
import { scrub } from './scrub.js';

/** What an HTTP status means unless a connector departs from it. Other 4xx: `reject invalid`; 5xx: `retry unavailable`. */
export const httpFailures: FailureTable = {
  400: ['reject', 'invalid'],
  401: ['pause', 'unauthorized'],
  403: ['pause', 'forbidden'],
  404: ['reject', 'not-found'],
  405: ['pause', 'misconfigured'],
  406: ['pause', 'misconfigured'],
  407: ['pause', 'misconfigured'],
  408: ['retry', 'timeout'],
  409: ['reject', 'conflict'],
  410: ['pause', 'gone'],
  412: ['reject', 'conflict'],
  413: ['reject', 'too-large'],
  414: ['reject', 'too-large'],
  415: ['reject', 'unsupported'],
  422: ['reject', 'invalid'],
  423: ['retry', 'locked'],
  425: ['retry', 'unavailable'],
  429: ['retry', 'rate-limited'],
  431: ['reject', 'too-large'],
  501: ['reject', 'unsupported'],
  504: ['retry', 'timeout'],
};

const meaningOfStatus = (status: number, own: FailureTable): readonly [Verdict, FailureCode] => {
  if (status >= 300 && status < 400) return own[status] ?? ['pause', 'redirected'];
  const otherwise =
    status >= 500 ? (['retry', 'unavailable'] as const) : (['reject', 'invalid'] as const);
  return own[status] ?? httpFailures[status] ?? otherwise;
};

const longestWaitMs = 3_600_000;

/** `Retry-After` in milliseconds, seconds or an HTTP date, at most an hour; undefined where it says nothing. */
export const retryAfterMs = (value: string | undefined, now: number): number | undefined => {
  if (value === undefined) return undefined;
  const date = /[a-z]/i.test(value) ? Date.parse(value) - now : NaN;
  const asked = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : date;
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), longestWaitMs) : undefined;
};

const telling = [
  'message',
  'errorMessage',
  'detail',
  'title',
  'error_description',
  'error',
  'errors',
];

/** The reasons in the error body of any of the shapes in use: array, `errors`, `message`, RFC 9457, plain text. */
const reasonsIn = (body: unknown, depth = 0): string[] => {
  if (typeof body === 'string') return body.trimStart().startsWith('<') ? [] : [body];
  if (typeof body !== 'object' || body === null || depth > 3) return [];
  if (Array.isArray(body)) return body.slice(0, 5).flatMap((item) => reasonsIn(item, depth + 1));
  const named = body as Record<string, unknown>;
  return telling.flatMap((name) => reasonsIn(named[name], depth + 1));
};

/** One exchange as a failure tells of it: never the query, which may hold personal data. */
export interface Exchange {
  readonly system: string;
  readonly method: string;
  readonly path: string;
}

const named = ({ method, path }: Exchange): string => `${method} ${path.split('?', 1).join('')}`;

interface Meanings {
  readonly failures: FailureTable;
  readonly errors?: ErrorCodes | undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Meaning {
  readonly verdict: Verdict;
  readonly code: FailureCode;
  /** Code of the other side, where it gives one. */
  readonly externalCode?: string;
}

const externalCodeOf = (
  { body, headers }: Answer,
  errors: ErrorCodes | undefined,
): string | null => {
  const code = errors?.codeOf(body, headers) ?? '';
  return /^[\w.-]{1,64}$/.test(code) ? code : null;
};

const meaningOf = (answer: Answer, { failures, errors }: Meanings): Meaning => {
  const externalCode = externalCodeOf(answer, errors);
  const known = new Map(Object.entries(errors?.table ?? {})).get(externalCode ?? '');
  const [verdict, code] = known
    ? [known.verdict, known.code]
    : meaningOfStatus(answer.status, failures);
  return { verdict, code, ...(externalCode !== null && { externalCode }) };
};

/** A status that is not 2xx, as a `Failure` with the other side's reason in it. */
export const failureOfStatus = (exchange: Exchange, answer: Answer, own: Meanings): Failure => {
  const { verdict, ...meaning } = meaningOf(answer, own);
  const told = own.errors?.reasonOf?.(answer.body) ?? null;
  const reason = scrub(told ?? [...new Set(reasonsIn(answer.body))].join(' '));
  const said = `${exchange.system} answered ${answer.status} to ${scrub(named(exchange))}`;
  const now = Date.now();
  const wait = verdict === 'retry' ? retryAfterMs(answer.headers['retry-after'], now) : undefined;
  const words = `${reason === '' ? said : `${said}: ${reason}`}${clockWords(answer, now)}`;
  return new Failure(verdict, words, {
    ...meaning,
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
};

/** What an operator can do about a line that fails, by the code that Node gives it. */
const lineWords: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known to DNS; where this lasts, the address in the settings is wrong',
  EAI_AGAIN: 'the DNS of this machine does not answer',
  ECONNREFUSED: 'nothing listens at its address',
  ECONNRESET: 'it dropped the line',
  EPIPE: 'it dropped the line',
  ETIMEDOUT: 'the way to it swallows everything',
  EHOSTUNREACH: 'there is no way to it from this machine',
  ENETUNREACH: 'there is no way to it from this machine',
};

/** What is wrong with a certificate, and so who has to renew or trust something. */
const certificateWords: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this machine is ahead',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this machine is behind',
  CERT_REVOKED: 'its certificate was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the issuer of its certificate is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send the certificate of its issuer along',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name than the settings give',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it asks for a client certificate, and none is set',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    'it broke the handshake off: often for want of the right client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'it refuses our client certificate: it has expired',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: 'it refuses our client certificate: it was revoked',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'it refuses our client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'it refuses our client certificate',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it refuses our client certificate: it does not know its issuer',
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: 'it refuses our client certificate: it gives it no access',
  EPROTO: 'it does not speak TLS there',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
};

const tlsCodes =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;
const privateAddress = /is not allowed\. Because/;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';

/** The cause without the request that an axios error carries: that holds credentials and bodies. */
const bare = (error: unknown): Error =>
  new Error(error instanceof Error ? scrub(error.message) : codeOf(error));

const whyNot = (code: string): string => {
  const words = code.startsWith('HPE_') ? 'it does not speak HTTP there' : lineWords[code];
  return words ? `${words} (${code})` : code || 'the connection failed';
};

/** What went wrong below HTTP, as a `Failure`: the line, the name, TLS, an address that may not be reached. */
export const failureOfNetwork = (exchange: Exchange, error: unknown): Failure => {
  if (error instanceof Failure) return error;
  const { system } = exchange;
  const code = codeOf(error);
  if (error instanceof Error && privateAddress.test(error.message)) {
    return new Failure(
      'pause',
      `${system} has a private address, and the tenant's settings do not allow its host`,
      { code: 'misconfigured', cause: bare(error) },
    );
  }
  if (tlsCodes.test(code)) {
    const why = certificateWords[code] ?? 'TLS failed';
    return new Failure('pause', `${system} cannot be trusted: ${why} (${code})`, {
      code: 'certificate',
      cause: bare(error),
    });
  }
  return new Failure(
    'retry',
    `${system} could not be reached for ${scrub(named(exchange))}: ${whyNot(code)}`,
    {
      code: 'unavailable',
      cause: bare(error),
    },
  );
};

export const failureOfTimeout = (exchange: Exchange, waitedMs: number): Failure =>
  new Failure(
    'retry',
    `${exchange.system} did not answer ${scrub(named(exchange))} within ${waitedMs} ms`,
    { code: 'timeout' },
  );
