import type { Told } from '#oslo/told.js';
import type { FilterExpression, Route } from './directory.js';
import { tell } from './tell.js';

/** A CloudEvent as parsed JSON. */
export type FilteredEvent = Readonly<Record<string, unknown>>;

/** Says whether a message passes a filter. */
export type Matcher = (event: FilteredEvent) => boolean;

/** A filter that is not of the dialect; `pointer` (RFC 6901) is the place inside the filter. */
export class FilterBroken extends Error {
  readonly told: Told;
  readonly pointer: string;

  constructor(pointer: string, told: Told) {
    super(told('en'));
    this.name = 'FilterBroken';
    this.told = told;
    this.pointer = pointer;
  }
}

const deepest = 32;
const attributeName = /^(?:[a-z0-9]{1,40}|data(?:\.[^.]+)+)$/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const stepInto = (value: unknown, name: string): unknown[] => {
  if (Array.isArray(value)) return value.flatMap((element: unknown) => stepInto(element, name));
  return isObject(value) && Object.hasOwn(value, name) ? [value[name]] : [];
};

const wordsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (!isObject(value)) return [];
  return [value['@id'], value['@value']].flatMap((word) =>
    typeof word === 'string' ? [word] : [],
  );
};

/**
 * All values that an attribute name stands for. A context attribute has one. `data.<path>` goes into the OSLO object:
 * a list stands for each of its elements, a reference for its `@id`, a language string for its `@value`.
 */
const valuesOf = (event: FilteredEvent, attribute: string): string[] => {
  const path = attribute.split('.');
  return path
    .reduce<unknown[]>((values, name) => values.flatMap((value) => stepInto(value, name)), [event])
    .flatMap(wordsOf);
};

const compare = (
  content: unknown,
  pointer: string,
  holds: (value: string, wanted: string) => boolean,
): Matcher => {
  if (!isObject(content) || Object.keys(content).length === 0)
    throw new FilterBroken(pointer, tell('filter.object'));
  const wanted = Object.entries(content).map(([name, text]): [string, string] => {
    if (!attributeName.test(name))
      throw new FilterBroken(`${pointer}/${name}`, tell('filter.name', { name }));
    if (typeof text !== 'string' || text === '')
      throw new FilterBroken(`${pointer}/${name}`, tell('filter.text'));
    return [name, text];
  });
  return (event) =>
    wanted.every(([name, text]) => valuesOf(event, name).some((value) => holds(value, text)));
};

const several = (content: unknown, pointer: string, depth: number): Matcher[] => {
  if (!Array.isArray(content) || content.length === 0)
    throw new FilterBroken(pointer, tell('filter.list'));
  return content.map((part: unknown, index) => compile(part, `${pointer}/${index}`, depth + 1));
};

type Dialect = (content: unknown, pointer: string, depth: number) => Matcher;

const dialects: Readonly<Record<string, Dialect>> = {
  exact: (content, pointer) => compare(content, pointer, (value, wanted) => value === wanted),
  prefix: (content, pointer) =>
    compare(content, pointer, (value, wanted) => value.startsWith(wanted)),
  suffix: (content, pointer) =>
    compare(content, pointer, (value, wanted) => value.endsWith(wanted)),
  all: (content, pointer, depth) => {
    const parts = several(content, pointer, depth);
    return (event) => parts.every((part) => part(event));
  },
  any: (content, pointer, depth) => {
    const parts = several(content, pointer, depth);
    return (event) => parts.some((part) => part(event));
  },
  not: (content, pointer, depth) => {
    const part = compile(content, pointer, depth + 1);
    return (event) => !part(event);
  },
  sql: (_content, pointer) => {
    throw new FilterBroken(pointer, tell('filter.sql'));
  },
};

const compile = (filter: unknown, pointer: string, depth: number): Matcher => {
  if (depth > deepest) throw new FilterBroken(pointer, tell('filter.deep', { limit: deepest }));
  const [name, ...others] = isObject(filter) ? Object.keys(filter) : [];
  if (!isObject(filter) || name === undefined || others.length > 0)
    throw new FilterBroken(pointer, tell('filter.one'));
  const dialect = Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  if (!dialect) throw new FilterBroken(pointer, tell('filter.dialect', { name }));
  return dialect(filter[name], `${pointer}/${name}`, depth);
};

/**
 * Compiles a filter of the CloudEvents Subscriptions dialect (CloudEvents Subscriptions API 1.0-wip, section 3.2.4).
 * `exact`, `prefix` and `suffix` take attribute names, or `data.<path>` into the OSLO object: it holds when any of the
 * values there matches; an attribute that is absent never matches. Throws `FilterBroken` with the place.
 */
export const compileFilter = (filter: FilterExpression): Matcher => compile(filter, '', 1);

const always: Matcher = () => true;
const compiled = new WeakMap<Route, Matcher>();

/** The filter of a route, compiled the first time it is asked for. */
export const matcherOf = (route: Route): Matcher => {
  const known = compiled.get(route);
  if (known) return known;
  const matcher = route.filter ? compileFilter(route.filter) : always;
  compiled.set(route, matcher);
  return matcher;
};
