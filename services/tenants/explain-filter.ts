import type { FilterExpression } from './directory.js';
import type { ExplainedFilter } from './explained-filter.js';
import { compileFilter, type FilteredEvent } from './filter.js';

const partsOf = (content: unknown): readonly FilterExpression[] =>
  [content].flat() as FilterExpression[];

const testsOf = (dialect: string, content: object, event: FilteredEvent) =>
  Object.entries(content).map(([attribute, wanted]) => ({
    attribute,
    wanted: String(wanted),
    holds: compileFilter({ [dialect]: { [attribute]: wanted as unknown } })(event),
  }));

/** Tells of each part of a filter whether it lets a message through. Throws `FilterBroken`. */
export const explainFilter = (filter: FilterExpression, event: FilteredEvent): ExplainedFilter => {
  const holds = compileFilter(filter)(event);
  const [[dialect, content] = ['', null]] = Object.entries(filter);
  const nests = ['all', 'any', 'not'].includes(dialect);
  return {
    dialect,
    holds,
    tests: nests ? [] : testsOf(dialect, content as object, event),
    parts: nests ? partsOf(content).map((part) => explainFilter(part, event)) : [],
  };
};
