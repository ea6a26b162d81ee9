/** One rule that is broken, and where. */
export interface ProblemPlace {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

interface ProblemJson {
  readonly status?: number;
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly ProblemPlace[];
}

/** What the server said instead of what was asked; `code` is from its closed list, or `away` where it said nothing. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly places: readonly ProblemPlace[];
  /** By this the log of the server can be searched. */
  readonly instance: string | null;

  constructor(status: number, problem: ProblemJson) {
    super(problem.detail ?? problem.title ?? '');
    this.name = 'ApiProblem';
    this.status = status;
    this.code = problem.code ?? 'internal';
    this.places = problem.errors ?? [];
    this.instance = problem.instance ?? null;
  }
}

/** The server could not be reached. */
export const away = (): ApiProblem => new ApiProblem(0, { code: 'away' });

/** Whatever was thrown, as a problem that can be shown. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem(0, { code: 'console', detail: error instanceof Error ? error.message : '' });
