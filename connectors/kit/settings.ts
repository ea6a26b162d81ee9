import { Type } from '@sinclair/typebox';
import type { Static, TRecord, TSchema, TString, TInteger, TBoolean } from '@sinclair/typebox';
import type { ErrorObject } from 'ajv';
import type { Told } from '#oslo/told.js';
import type { Connector } from './definition.js';
import { Failure } from './failure.js';
import { settingTold } from './settings-texts.js';
import { pointerOf, validatorOf } from './validator.js';

/** One thing that is wrong with settings: the console shows it at the field. */
export interface Problem {
  /** RFC 6901, from the settings. */
  readonly pointer: string;
  readonly code:
    'required' | 'unknown-property' | 'type' | 'format' | 'pattern' | 'length' | 'value';
  readonly told: Told;
}

/** An absolute http or https address without credentials, query or fragment. */
export const url = (description: string): TString =>
  Type.String({
    description,
    format: 'uri',
    pattern: '^https?://[^/?#@\\s]+(/[^?#\\s]*)?$',
    maxLength: 2000,
  });

/** An absolute IRI that identifies a thing. */
export const iri = (description: string): TString =>
  Type.String({ description, format: 'uri', maxLength: 2000 });

/** A line of text. */
export const text = (
  description: string,
  options: { maxLength?: number; default?: string } = {},
): TString => Type.String({ description, minLength: 1, maxLength: 500, ...options });

/** A value that is stored sealed, is written as `{ secret: name }` in YAML and is never shown again. */
export const secret = (description: string, options: { pattern?: string } = {}): TString =>
  Type.String({ description, minLength: 1, maxLength: 10_000, writeOnly: true, ...options });

/** A whole number; its unit belongs in the name of the setting. */
export const number = (
  description: string,
  options: { minimum: number; maximum: number; default?: number },
): TInteger => Type.Integer({ description, ...options });

export const flag = (description: string, options: { default?: boolean } = {}): TBoolean =>
  Type.Boolean({ description, ...options });

/** A table from a word of one side to a value of the other. */
export const table = <T extends TSchema>(
  description: string,
  value: T,
  options: { default?: Record<string, Static<T>> } = {},
): TRecord<TString, T> => Type.Record(Type.String(), value, { description, ...options });

const codes: Readonly<Record<string, Problem['code']>> = {
  required: 'required',
  additionalProperties: 'unknown-property',
  type: 'type',
  format: 'format',
  pattern: 'pattern',
  minLength: 'length',
  maxLength: 'length',
};

const problemOf = (error: ErrorObject): Problem => ({
  pointer: pointerOf(error),
  code: codes[error.keyword] ?? 'value',
  told: settingTold(error),
});

const secretByName = {
  type: 'object',
  properties: { secret: { type: 'string', minLength: 1, maxLength: 100 } },
  required: ['secret'],
  additionalProperties: false,
};

const isSecret = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'writeOnly' in value && value.writeOnly === true;

const declaredSchemas = new WeakMap<object, object>();

/** The schema as settings are written down: each secret by its name, never by its value. */
const declaredSchema = (schema: object): object => {
  const known = declaredSchemas.get(schema);
  if (known) return known;
  const made = JSON.parse(JSON.stringify(schema), (_key, value: unknown) =>
    isSecret(value) ? secretByName : value,
  ) as object;
  declaredSchemas.set(schema, made);
  return made;
};

const problemsOf = (schema: object, settings: unknown): Problem[] => {
  const validate = validatorOf(schema);
  return validate(settings) ? [] : (validate.errors ?? []).map(problemOf);
};

/** What is wrong with settings as declared in YAML or a form, where a secret is `{ secret: name }`. */
export const checkDeclaredSettings = (connector: Connector, settings: unknown): Problem[] =>
  problemsOf(declaredSchema(connector.settings), structuredClone(settings));

/** What is wrong with the value of a secret of the settings; nothing is said of one that the schema does not name. */
export const checkSecret = (connector: Connector, field: string, value: string): Problem[] => {
  const schema = connector.settings.properties[field];
  return schema && isSecret(schema) ? problemsOf(schema, value) : [];
};

/** The schema as settings are written down, for a form: each secret is an object with its name, marked `x-secret`. */
export const formSchema = ({ settings }: Connector): object =>
  JSON.parse(JSON.stringify(settings), (_key, value: unknown) => {
    if (!isSecret(value)) return value;
    const { description } = value as { description?: string };
    return { ...secretByName, 'x-secret': true, description };
  }) as object;

/** What is wrong with settings whose secrets are filled in. */
export const checkSettings = (connector: Connector, settings: unknown): Problem[] =>
  problemsOf(connector.settings, structuredClone(settings));

/** Settings with defaults filled in; throws `Failure('pause')` naming the fields that are wrong, never their values. */
export const readSettings = (connector: Connector, settings: unknown): Record<string, unknown> => {
  const filled: unknown = structuredClone(settings);
  const problems = problemsOf(connector.settings, filled);
  if (problems.length === 0) return filled as Record<string, unknown>;
  const named = problems.map(({ pointer, told }) => `${pointer}: ${told('en')}`).join('; ');
  throw new Failure('pause', `Settings of ${connector.title} are not right: ${named}`, {
    code: 'misconfigured',
  });
};

/** Names of the settings that hold a secret, at the top level of the schema. */
export const secretsOf = (connector: Connector): string[] =>
  Object.entries(connector.settings.properties)
    .filter(([, field]) => isSecret(field))
    .map(([name]) => name);
