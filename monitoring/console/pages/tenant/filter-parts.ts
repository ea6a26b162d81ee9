import type { Route } from './queries.ts';

/** A filter as it is declared. */
export type Filter = NonNullable<Route['filter']>;

/** The ways in which a test compares. */
export const simple = ['exact', 'prefix', 'suffix'] as const;

/** The ways in which the parts of a group hold together; `not`: none of them holds. */
export const combining = ['all', 'any', 'not'] as const;

/** One attribute, and what it has to be. */
export interface Test {
  readonly dialect: string;
  readonly attribute: string;
  readonly wanted: string;
}

/** Parts of a filter that hold together in one way. */
export interface Group {
  readonly how: (typeof combining)[number];
  readonly parts: readonly Part[];
}

/** What a filter is made of. */
type Part = Test | Group;

export const isGroup = (part: Part): part is Group => 'parts' in part;

/** A test to begin with. */
export const newTest: Test = { dialect: 'exact', attribute: 'source', wanted: '' };

const contains = (words: readonly string[], word: string): boolean => words.includes(word);

const testsIn = (dialect: string, content: unknown): Test[] | null => {
  if (typeof content !== 'object' || content === null) return null;
  const wanted = Object.entries(content as Readonly<Record<string, unknown>>);
  return wanted.length > 0 && wanted.every(([, value]) => typeof value === 'string')
    ? wanted.map(([attribute, value]) => ({ dialect, attribute, wanted: String(value) }))
    : null;
};

const groupOf = (how: Group['how'], content: unknown): Group | null => {
  if (Array.isArray(content) === (how === 'not')) return null;
  const parts = [content].flat().map(partOf);
  const read = parts.filter((part) => part !== null);
  return read.length === parts.length && read.length > 0 ? { how, parts: read } : null;
};

const testsOf = (dialect: string, content: unknown): Part | null => {
  const tests = contains(simple, dialect) ? testsIn(dialect, content) : null;
  const [only, ...others] = tests ?? [];
  if (!tests || !only) return null;
  return others.length === 0 ? only : { how: 'all', parts: tests };
};

const partOf = (filter: unknown): Part | null => {
  if (typeof filter !== 'object' || filter === null) return null;
  const [first, ...others] = Object.entries(filter as Filter);
  if (!first || others.length > 0) return null;
  const [dialect, content] = first;
  const how = combining.find((one) => one === dialect);
  return how ? groupOf(how, content) : testsOf(dialect, content);
};

/** What a filter is made of, as a form shows it; null for one that only its text can show. */
export const partsOf = (filter: Filter | undefined): Group | null => {
  if (!filter) return { how: 'all', parts: [] };
  const part = partOf(filter);
  return part && (isGroup(part) ? part : { how: 'all', parts: [part] });
};

const together = (how: 'all' | 'any', filters: readonly Filter[]): Filter | undefined =>
  filters.length > 1 ? { [how]: filters } : filters[0];

const written = (part: Part): Filter | undefined =>
  isGroup(part) ? filterOf(part) : { [part.dialect]: { [part.attribute]: part.wanted } };

/** The filter that says the same; a group of nothing says nothing. */
export const filterOf = ({ how, parts }: Group): Filter | undefined => {
  const filters = parts.flatMap((part): Filter[] => {
    const filter = written(part);
    return filter ? [filter] : [];
  });
  if (how !== 'not') return together(how, filters);
  const one = together('any', filters);
  return one && { not: one };
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
