import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const strict = new Ajv({ allErrors: true, useDefaults: true, strict: true, strictTypes: false });
addFormats.default(strict);
strict.addKeyword('x-labels');

const compiled = new WeakMap<object, ValidateFunction>();

/** Compiled once per schema object. Fills in defaults in what it is given. */
export const validatorOf = (schema: object): ValidateFunction => {
  const known = compiled.get(schema);
  if (known) return known;
  const made = strict.compile(schema);
  compiled.set(schema, made);
  return made;
};

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** RFC 6901 pointer of what is wrong; a missing or unknown property is named itself. */
export const pointerOf = (error: ErrorObject): string => {
  const params = error.params as { missingProperty?: string; additionalProperty?: string };
  const named = params.missingProperty ?? params.additionalProperty;
  return named === undefined ? error.instancePath : `${error.instancePath}/${escaped(named)}`;
};
