import type { Refusal, RefusalCode, RefusalReason } from '#intake/refusal.js';
import type { Locale } from '#oslo/catalogue.js';
import { detailOf, reasonText, titleOf } from './text.js';

const maxErrors = 20;

/** What goes wrong, after RFC 9457; `errors` has at most 20, `more` says how many were left out. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** `urn:uuid:<request id>`, which is also in the log. */
  readonly instance: string;
  readonly code: RefusalCode;
  readonly errors?: readonly ProblemError[];
  readonly more?: number;
}

export interface ProblemError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** For whom a problem is put in words. */
export interface Reader {
  readonly language: Locale;
  readonly requestId: string;
}

const errorOf = ({ pointer, code, text }: RefusalReason, language: Locale): ProblemError => ({
  pointer,
  code,
  detail: reasonText(text, language),
});

/** Puts a refusal in words. */
export const problemOf = (refusal: Refusal, { language, requestId }: Reader): Problem => {
  const { code, status, reasons, params } = refusal;
  const more = reasons.length - maxErrors;
  return {
    type: `urn:lb-bus:problem:${code}`,
    title: titleOf(code, language),
    status,
    detail: detailOf(code, params, language),
    instance: `urn:uuid:${requestId}`,
    code,
    ...(reasons.length > 0 && {
      errors: reasons.slice(0, maxErrors).map((reason) => errorOf(reason, language)),
    }),
    ...(more > 0 && { more }),
  };
};

const challengeOf = (refusal: Refusal): string =>
  refusal.params['variant'] === 'missing'
    ? 'Bearer realm="lb-bus"'
    : 'Bearer realm="lb-bus", error="invalid_token"';

/** RFC 6750 section 3.1. */
const scopeChallenge = ({ params }: Refusal): string =>
  `Bearer realm="lb-bus", error="insufficient_scope", scope="${params['scope'] ?? ''}"`;

/** The headers that belong to a refusal besides those of every answer. */
export const problemHeaders = (refusal: Refusal, language: Locale): Record<string, string> => ({
  'content-type': 'application/problem+json; charset=utf-8',
  'content-language': language,
  vary: 'accept-language',
  ...(refusal.status === 401 && { 'www-authenticate': challengeOf(refusal) }),
  ...(refusal.params['variant'] === 'scope' && { 'www-authenticate': scopeChallenge(refusal) }),
  ...(refusal.retryAfterSeconds !== undefined && {
    'retry-after': String(refusal.retryAfterSeconds),
  }),
  ...(refusal.status === 415 && { 'accept-encoding': 'gzip' }),
  // The rest of the body has not come and will not be waited for.
  ...(refusal.status === 408 && { connection: 'close' }),
});
