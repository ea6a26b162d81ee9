import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { Refusal, type RefusalReason } from '#intake/refusal.js';
import { pointerTo } from '#oslo/violations.js';
import { compileForm, formOf, type FormSchema } from '#tenants/burgerprofiel/form.js';
import type { Meldingen } from '#tenants/burgerprofiel/schema.js';

interface Compiled {
  readonly form: FormSchema;
  readonly validate: ValidateFunction;
}

/** By the declaration itself, which is another object after each change. */
const compiled = new WeakMap<Meldingen, Compiled>();

const compiledOf = (meldingen: Meldingen): Compiled => {
  const known = compiled.get(meldingen);
  if (known) return known;
  const form = formOf(meldingen);
  const made = { form, validate: compileForm(form) };
  compiled.set(meldingen, made);
  return made;
};

/** The JSON Schema of what is submitted to the tenant. */
export const schemaFor = (meldingen: Meldingen): FormSchema => compiledOf(meldingen).form;

interface Params {
  readonly missingProperty?: string;
  readonly additionalProperty?: string;
  readonly unevaluatedProperty?: string;
}

/** Names and rules, never what was submitted. */
const reasonOf = ({ instancePath, keyword, params }: ErrorObject): RefusalReason => {
  const { missingProperty, additionalProperty, unevaluatedProperty }: Params = params;
  if (missingProperty !== undefined) {
    const text = { key: 'required', params: { property: missingProperty } };
    return { pointer: pointerTo(instancePath, missingProperty), code: 'required', text };
  }
  const unknown = (additionalProperty ?? unevaluatedProperty)?.slice(0, 64);
  if (unknown !== undefined) {
    const text = { key: 'unknown-property', params: { property: unknown } };
    return { pointer: pointerTo(instancePath, unknown), code: 'unknown-property', text };
  }
  return {
    pointer: instancePath,
    code: codes[keyword] ?? 'format',
    text: { key: 'door.form', params: { rule: keyword } },
  };
};

const codes: Readonly<Record<string, string>> = {
  type: 'type',
  enum: 'not-in-codelist',
  const: 'not-in-codelist',
  minLength: 'length',
  maxLength: 'length',
  pattern: 'pattern',
  minItems: 'cardinality',
  maxItems: 'cardinality',
};

/** A submission that is refused, with where and why. */
export const refusedSubmission = (reasons: readonly RefusalReason[]): Refusal =>
  new Refusal('invalid', 422, { reasons, params: { variant: 'submission' } });

/** Throws 422 where a submission does not follow the form of the tenant. */
export const requireForm = (meldingen: Meldingen, submission: unknown): void => {
  const { validate } = compiledOf(meldingen);
  if (!validate(submission)) throw refusedSubmission((validate.errors ?? []).map(reasonOf));
};
