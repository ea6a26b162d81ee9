import type { BusState } from '#bus/link.js';

/** What keeps this process from delivering, in words for the operator; null where nothing does. */
export const readinessOf = (state: BusState, databaseProblem: string | null): string | null => {
  if (state !== 'up') return `the broker is ${state}`;
  return databaseProblem;
};
