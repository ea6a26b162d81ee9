import type { ExplainedFilter } from '#tenants/explained-filter.js';

/** One route beside a message: whether it is taken, and why not. */
export interface TriedRoute {
  readonly type: string;
  readonly targets: readonly string[];
  readonly typeMatches: boolean;
  /** Null where the route has no filter, or is of another type. */
  readonly filter: ExplainedFilter | null;
  readonly matches: boolean;
}
