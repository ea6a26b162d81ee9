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

const externalCodeOf = (body: unknown, errors: ErrorCodes | undefined): string | null => {
  const code = errors?.codeOf(body) ?? '';
  return /^[\w.-]{1,64}$/.test(code) ? code : null;
};

const meaningOf = ({ status, body }: Answer, { failures, errors }: Meanings): Meaning => {
  const externalCode = externalCodeOf(body, errors);
  const known = new Map(Object.entries(errors?.table ?? {})).get(externalCode ?? '');
  const [verdict, code] = known ? [known.verdict, known.code] : meaningOfStatus(status, failures);
  return { verdict, code, ...(externalCode !== null && { externalCode }) };
};

/** A status that is not 2xx, as a `Failure` with the other side's reason in it. */
export const failureOfStatus = (exchange: Exchange, answer: Answer, own: Meanings): Failure => {
  const { verdict, ...meaning } = meaningOf(answer, own);
  const reason = scrub([...new Set(reasonsIn(answer.body))].join(' '));
  const said = `${exchange.system} answered ${answer.status} to ${scrub(named(exchange))}`;
  const wait =
    verdict === 'retry' ? retryAfterMs(answer.headers['retry-after'], Date.now()) : undefined;
  return new Failure(verdict, reason === '' ? said : `${said}: ${reason}`, {
    ...meaning,
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
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
    return new Failure('pause', `${system} shows no certificate that can be trusted (${code})`, {
      code: 'certificate',
      cause: bare(error),
    });
  }
  const why = code === '' ? 'the connection failed' : code;
  return new Failure(
    'retry',
    `${system} could not be reached for ${scrub(named(exchange))}: ${why}`,
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
