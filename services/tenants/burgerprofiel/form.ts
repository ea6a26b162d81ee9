import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { formats } from '#oslo/formats.js';
import { submissionPlaces, type Places } from './places.js';
import type { Meldingen } from './schema.js';

/** A JSON Schema, or a part of one. */
export type FormSchema = Readonly<Record<string, unknown>>;

const line = { type: 'string', minLength: 1, maxLength: 255 } as const;
const object = (properties: FormSchema, required: readonly string[] = []): FormSchema => ({
  type: 'object',
  additionalProperties: false,
  ...(required.length > 0 && { required }),
  properties,
});

/** What is submitted where a tenant does not say otherwise. */
const usualForm: FormSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Melding',
  ...object(
    {
      id: {
        ...line,
        maxLength: 128,
        description: 'Uw nummer van deze melding: hetzelfde wanneer u ze nogmaals stuurt.',
      },
      submittedAt: { type: 'string', maxLength: 64, format: 'date-time' },
      category: { type: 'string' },
      title: line,
      description: { type: 'string', minLength: 1, maxLength: 50_000 },
      language: { type: 'string', enum: ['nl', 'fr', 'de', 'en'] },
      location: object({
        longitude: { type: 'number', minimum: -180, maximum: 180 },
        latitude: { type: 'number', minimum: -90, maximum: 90 },
        address: object({
          full: line,
          street: line,
          houseNumber: line,
          boxNumber: line,
          postalCode: line,
          municipality: line,
        }),
      }),
      reporter: object({
        insz: { type: 'string', pattern: '^[0-9]{11}$', format: 'insz' },
        firstName: line,
        lastName: line,
        email: { type: 'string', maxLength: 320, format: 'email' },
        phone: line,
      }),
    },
    ['id', 'category', 'description'],
  ),
};

/** Where the pieces of a melding stand in a submission to this tenant. */
export const placesOf = ({
  mapping,
}: Pick<Meldingen, 'mapping'>): Places<keyof typeof submissionPlaces> => ({
  ...submissionPlaces,
  ...mapping,
});

/** The names in a JSON pointer (RFC 6901). */
export const namesIn = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const isSchema = (value: unknown): value is FormSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema of the property that a pointer leads to; null where the schema declares none there. */
export const propertyAt = (schema: FormSchema, pointer: string): FormSchema | null => {
  let found: unknown = schema;
  for (const name of namesIn(pointer)) {
    const properties: unknown = isSchema(found) ? found['properties'] : undefined;
    found = isSchema(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  }
  return isSchema(found) ? found : null;
};

/** The schema of what is submitted to this tenant: its own or the usual one, with the tenant's categories in it. */
export const formOf = (
  meldingen: Pick<Meldingen, 'schema' | 'mapping' | 'categories'>,
): FormSchema => {
  const form = structuredClone(meldingen.schema ?? usualForm);
  const category = propertyAt(form, placesOf(meldingen).category);
  if (category) Object.assign(category, { enum: meldingen.categories.map(({ id }) => id) });
  return form;
};

/** Compiles a form; it stops at the first rule that is broken, so that a hostile submission costs no more than a good one. Throws where it is no JSON Schema. */
export const compileForm = (form: FormSchema): ValidateFunction => {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    ownProperties: true,
    addUsedSchema: false,
  });
  addFormats.default(ajv);
  // Where the language knows the format too, it is the language that decides in the end.
  for (const [name, is] of Object.entries(formats)) ajv.addFormat(name, is);
  return ajv.compile(form);
};
