import type { ErrorObject } from 'ajv/dist/2020.js';

export const violationCodes = [
  'required',
  'unknown-property',
  'type',
  'format',
  'length',
  'pattern',
  'not-in-codelist',
  'context',
  'cardinality',
  'language',
  'coordinates',
] as const;

export type ViolationCode = (typeof violationCodes)[number];

/** One broken rule of a message. */
export interface Violation {
  /** RFC 6901, counted from the envelope; a missing or unknown property is named itself: `/data/titel`. */
  readonly pointer: string;
  readonly code: ViolationCode;
  /** Key and parameters of the sentence that says so; `violationText` makes it. Never holds a value from the message. */
  readonly detail: { readonly key: string; readonly params: Record<string, string | number> };
}

/** Names of properties longer than this are cut in pointers and sentences. */
const maxNameLength = 256;

/** Escapes a property name for a JSON pointer (RFC 6901 section 3). */
export const pointerTo = (parent: string, name: string | number): string =>
  `${parent}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

const shortened = (name: string): string =>
  name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…` : name;

/** A violation; its code is the first part of the key. */
export const violation = (
  pointer: string,
  key: string,
  params: Record<string, string | number> = {},
): Violation => ({ pointer, code: key.split('.')[0] as ViolationCode, detail: { key, params } });

type Params = Record<string, unknown>;
type Reading = (error: ErrorObject, pointer: string) => Violation;

const unknown =
  (param: string): Reading =>
  ({ params }, pointer) => {
    const property = shortened(String((params as Params)[param]));
    return violation(pointerTo(pointer, property), 'unknown-property', { property });
  };
const limited =
  (key: string): Reading =>
  ({ params }, pointer) =>
    violation(pointer, key, { limit: Number((params as Params)['limit']) });

const readings: Record<string, Reading> = {
  required: ({ params }, pointer) => {
    const property = String((params as Params)['missingProperty']);
    return violation(pointerTo(pointer, property), 'required', { property });
  },
  additionalProperties: unknown('additionalProperty'),
  unevaluatedProperties: unknown('unevaluatedProperty'),
  type: ({ params }, pointer) => violation(pointer, `type.${String((params as Params)['type'])}`),
  format: ({ params }, pointer) =>
    violation(pointer, `format.${String((params as Params)['format'])}`),
  pattern: (_, pointer) => violation(pointer, 'pattern.characters'),
  minLength: (_, pointer) => violation(pointer, 'length.empty'),
  maxLength: limited('length.max'),
  minItems: limited('cardinality.min'),
  maxItems: limited('cardinality.max'),
};

const read = (error: ErrorObject): Violation => {
  const pointer = `/data${error.instancePath}`;
  const declared = (error.parentSchema as { violation?: string } | undefined)?.violation;
  if (declared) return violation(pointer, declared);
  const reading = readings[error.keyword];
  if (!reading) throw new Error(`schemas-oslo: no violation for keyword ${error.keyword}`);
  return reading(error, pointer);
};

/** `if` only repeats what its branch says; what stands under `contains` is not a rule for each item. */
const isOwnRule = ({ keyword, schemaPath }: ErrorObject): boolean =>
  keyword !== 'if' && !schemaPath.includes('/contains/');

/** What Ajv found, as one violation per rule and place. */
export const violationsOf = (errors: readonly ErrorObject[]): Violation[] => {
  const distinct = new Map<string, Violation>();
  for (const found of errors.filter(isOwnRule).map(read)) {
    const key = `${found.code} ${found.pointer}`;
    if (!distinct.has(key)) distinct.set(key, found);
  }
  return [...distinct.values()];
};
