import { ref } from './schemas.js';

/** A piece of an OpenAPI document. */
export type Part = Readonly<Record<string, unknown>>;

/** A body in one of some media types. */
export const content = (types: Readonly<Record<string, Part>>): Part => ({
  content: Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema }])),
});
/** An answer, with a body where it has one. */
export const answer = (description: string, types: Readonly<Record<string, Part>> = {}): Part => ({
  description,
  ...content(types),
});
/** An answer with one of our schemas as JSON. */
export const jsonAnswer = (description: string, name: string): Part =>
  answer(description, { 'application/json': ref(name) });

/** A parameter of the query string. */
export const inQuery = (name: string, schema: Part, description: string): Part => ({
  name,
  in: 'query',
  schema,
  description,
});
/** A header that may be there. */
export const inHeader = (name: string, description: string): Part => ({
  name,
  in: 'header',
  schema: { type: 'string' },
  description,
});

const words: Readonly<Record<number, string>> = {
  400: 'Not readable as asked.',
  401: 'No valid credential.',
  403: 'This credential does not allow it.',
  404: 'Does not exist, or not for this credential.',
  408: 'The body did not come in time.',
  409: 'Other content under a known source and id.',
  410: 'Past its time.',
  413: 'Too large.',
  415: 'Format not supported.',
  422: 'Refused for its content.',
  429: 'Too many requests of this tenant; see Retry-After.',
  503: 'Not now; see Retry-After.',
};

/** The refusals of an operation. */
export const problems = (...statuses: readonly number[]): Part =>
  Object.fromEntries(
    statuses.map((status) => [
      String(status),
      answer(words[status] ?? '', { 'application/problem+json': ref('Problem') }),
    ]),
  );

/** The parameters that stand in a path. */
export const parametersOf = (path: string): Part[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
