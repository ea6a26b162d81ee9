import type { Route } from './queries.ts';

/** A filter as it is declared. */
export type Filter = NonNullable<Route['filter']>;

/** The ways in which a test compares. */
export const simple = ['exact', 'prefix', 'suffix'] as const;

/** One attribute, and what it has to be. */
export interface Test {
  readonly dialect: string;
  readonly attribute: string;
  readonly wanted: string;
}

const testOf = (filter: Filter): Test[] | null => {
  const [[dialect, content] = ['', null]] = Object.entries(filter);
  if (!(simple as readonly string[]).includes(dialect)) return null;
  return Object.entries(content as object).map(([attribute, wanted]) => ({
    ...{ dialect, attribute, wanted: String(wanted) },
  }));
};

/** The tests of a filter that is a list of them which all have to hold; null for one that only its text can show. */
export const testsOf = (filter: Filter | undefined): Test[] | null => {
  if (!filter) return [];
  const own = testOf(filter);
  if (own) return own;
  if (!Array.isArray(filter['all'])) return null;
  const parts = (filter['all'] as Filter[]).map(testOf);
  return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
};

/** The filter that says the same. */
export const filterOf = (tests: readonly Test[]): Filter | undefined => {
  const written = tests.map(({ dialect, attribute, wanted }): Filter => ({
    [dialect]: { [attribute]: wanted },
  }));
  return written.length > 1 ? { all: written } : written[0];
};

/** The filter that a text says; undefined where it is empty, null where it cannot be read. */
export const parse = (text: string): Filter | undefined | null => {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Filter) : null;
  } catch {
    return null;
  }
};
