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
const titles: Readonly<Record<ProblemCode, string>> = {
  unauthorized: 'No valid operator token',
  forbidden: 'You may not do this',
  'not-configured': 'Operators are not configured',
  'bad-request': 'The request is not right',
  'not-found': 'There is no such thing',
  gone: 'It was kept no longer',
  conflict: 'Something else came first',
  'precondition-failed': 'It is not what you saw any more',
  'precondition-required': 'Say which state you saw',
  invalid: 'The message breaks a rule',
  unavailable: 'A dependency is away',
  internal: 'The request could not be served',
};

/** One rule that is broken, and where. */
export interface ProblemPlace {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** Thrown to answer with a problem; `detail` is for the operator and holds no personal data. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly places: readonly ProblemPlace[];

  constructor(code: ProblemCode, detail: string, places: readonly ProblemPlace[] = []) {
    super(detail);
    this.name = 'ProblemError';
    this.code = code;
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

export const problemOf = ({ code, message, places }: ProblemError, requestId: string): Problem => ({
  type: `urn:lb-bus:problem:${code}`,
  title: titles[code],
  status: statuses[code],
  detail: message,
  instance: `urn:uuid:${requestId}`,
  code,
  ...(places.length > 0 && { errors: places }),
});
