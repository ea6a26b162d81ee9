import type { FilterExpression } from './directory.js';
import { compileFilter, type FilteredEvent } from './filter.js';

/** A filter with what it says of one message: never what stands in the message. */
export interface ExplainedFilter {
  readonly dialect: string;
  readonly holds: boolean;
  /** Of `exact`, `prefix` and `suffix`: each attribute by itself. */
  readonly tests: readonly {
    readonly attribute: string;
    readonly wanted: string;
    readonly holds: boolean;
  }[];
  /** Of `all`, `any` and `not`: the filters in it. */
  readonly parts: readonly ExplainedFilter[];
}

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
