/** Codes of the operators' API; closed. */
export type ProblemCode =
  | 'unauthorized'
  | 'not-configured'
  | 'bad-request'
  | 'not-found'
  | 'gone'
  | 'unavailable'
  | 'internal';

const statuses: Readonly<Record<ProblemCode, number>> = {
  unauthorized: 401,
  'not-configured': 503,
  'bad-request': 400,
  'not-found': 404,
  gone: 410,
  unavailable: 503,
  internal: 500,
};
const titles: Readonly<Record<ProblemCode, string>> = {
  unauthorized: 'No valid operator token',
  'not-configured': 'Operators are not configured',
  'bad-request': 'The request is not right',
  'not-found': 'There is no such thing',
  gone: 'It was kept no longer',
  unavailable: 'A dependency is away',
  internal: 'The request could not be served',
};

/** Thrown to answer with a problem; `detail` is for the operator and holds no personal data. */
export class ProblemError extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.name = 'ProblemError';
    this.code = code;
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
}

export const problemOf = ({ code, message }: ProblemError, requestId: string): Problem => ({
  type: `urn:lb-bus:problem:${code}`,
  title: titles[code],
  status: statuses[code],
  detail: message,
  instance: `urn:uuid:${requestId}`,
  code,
});
