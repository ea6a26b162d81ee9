import type { Locale } from '#oslo/catalogue.js';
import type { Told } from '#oslo/told.js';
import { tell } from './tell.js';

/** Codes of the operators' API; closed. */
export type ProblemCode =
  | 'unauthorized'
  | 'forbidden'
  | 'not-configured'
  | 'bad-request'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'precondition-failed'
  | 'precondition-required'
  | 'invalid'
  | 'unavailable'
  | 'internal';

const statuses: Readonly<Record<ProblemCode, number>> = {
  unauthorized: 401,
  forbidden: 403,
  'not-configured': 503,
  'bad-request': 400,
  'not-found': 404,
  gone: 410,
  conflict: 409,
  'precondition-failed': 412,
  'precondition-required': 428,
  invalid: 422,
  unavailable: 503,
  internal: 500,
};

/** One rule that is broken, and where. */
export interface ProblemPlace {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** The same before it is known in which language. */
export interface ToldPlace extends Omit<ProblemPlace, 'detail'> {
  readonly told: Told;
}

/** A place in the language of the reader. */
const placeIn =
  (language: Locale) =>
  ({ pointer, code, told }: ToldPlace): ProblemPlace => ({ pointer, code, detail: told(language) });

/** Thrown to answer with a problem; `told` is for the operator, in her language, and holds no personal data. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly told: Told;
  readonly places: readonly ToldPlace[];

  constructor(code: ProblemCode, told: Told, places: readonly ToldPlace[] = []) {
    super(told('en'));
    this.name = 'ProblemError';
    this.code = code;
    this.told = told;
    this.places = places;
  }
}

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly errors?: readonly ProblemPlace[];
}

/** For whom a problem is put in words. */
interface Reader {
  readonly language: Locale;
  readonly requestId: string;
}

/** Puts a problem in the words of its reader. */
export const problemOf = (
  { code, told, places }: ProblemError,
  { language, requestId }: Reader,
): Problem => ({
  type: `urn:lb-bus:problem:${code}`,
  title: tell(`title.${code}`)(language),
  status: statuses[code],
  detail: told(language),
  instance: `urn:uuid:${requestId}`,
  code,
  ...(places.length > 0 && { errors: places.map(placeIn(language)) }),
});
