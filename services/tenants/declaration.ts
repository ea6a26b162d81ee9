import { Ajv, type ErrorObject } from 'ajv';
import type { Told } from '#oslo/told.js';
import { declaredSchema, type Declared } from './declaration-schema.js';
import { described } from './described.js';
import { tell } from './tell.js';
import {
  DeclarationBroken,
  readYamlSources,
  type Complaint,
  type Path,
  type PlacedComplaint,
  type YamlSource,
} from './yaml-source.js';

/** A tenant as written, with the way back to its lines. */
export interface DeclaredTenant {
  readonly declared: Declared;
  readonly placeOf: YamlSource['placeOf'];
}

const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, strictTypes: false });
const validate = ajv.compile<Declared>(declaredSchema);

/** A path as people write it: `routes[0].to[1]`. */
const written = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

/** The complaint with its line for a person: file, line, path, and what is expected. */
export const complaintAt = (
  placeOf: YamlSource['placeOf'],
  complaint: Complaint,
): PlacedComplaint => ({
  ...complaint,
  line: [placeOf(complaint.path), written(complaint.path), complaint.told('en')]
    .filter((part) => part !== '')
    .join(': '),
});

const pathOf = (instancePath: string): Path =>
  instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const kindOf = (value: unknown): Told | string => {
  if (value === null) return tell('found.nothing');
  if (Array.isArray(value)) return tell('found.list');
  if (typeof value === 'object') return tell('found.object');
  return JSON.stringify(value).slice(0, 60);
};

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}

const missing = (name: string, { properties = {} }: Described): Told =>
  tell('missing', {
    name,
    expected: described(properties[name]?.description) ?? tell('a-value'),
  });

const unknown = ({ properties = {}, description }: Described): Told => {
  const known = Object.keys(properties);
  return known.length > 0
    ? tell('unknown-among', { known: known.join(', ') })
    : tell('unknown', { expected: described(description) ?? tell('another-value') });
};

const complaintOf = (error: ErrorObject): Complaint => {
  const schema = error.parentSchema as Described;
  const params = error.params as { missingProperty?: string; additionalProperty?: string };
  const path = pathOf(error.instancePath);
  if (params.missingProperty !== undefined)
    return { path, told: missing(params.missingProperty, schema), code: 'required' };
  if (params.additionalProperty !== undefined)
    return { path: [...path, params.additionalProperty], told: unknown(schema) };
  const expected = described(schema.description) ?? tell('another-value');
  return { path, told: tell('expected-found', { expected, found: kindOf(error.data) }) };
};

/** What the branches of a choice say is left out: the choice itself says what is expected. */
const complaintsOf = (errors: readonly ErrorObject[]): Complaint[] => {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  const inChoice = ({ schemaPath, keyword }: ErrorObject): boolean =>
    keyword !== 'anyOf' && choices.some((choice) => schemaPath.startsWith(`${choice.schemaPath}/`));
  const all = errors.filter((error) => !inChoice(error)).map(complaintOf);
  return all.filter(
    ({ path }, index) => all.findIndex((one) => written(one.path) === written(path)) === index,
  );
};

/** Checks the form of a declaration, wherever it comes from. Throws `DeclarationBroken` with all that is wrong. */
const declarationIn = ({ value, placeOf }: YamlSource): DeclaredTenant => {
  if (validate(value)) return { declared: value, placeOf };
  throw new DeclarationBroken(
    complaintsOf(validate.errors ?? []).map((one) => complaintAt(placeOf, one)),
  );
};

const nowhere: YamlSource['placeOf'] = () => '';

/** A tenant as a program hands it over: checked in the same way, without file and line. Throws `DeclarationBroken`. */
export const declaredTenant = (value: unknown): DeclaredTenant =>
  declarationIn({ value, placeOf: nowhere });

/**
 * Reads and checks the tenants of a YAML file or folder, one document each. Throws `DeclarationBroken` with file, line,
 * path and what is expected, for everything that is wrong at once.
 */
export const readDeclaration = async (path: string): Promise<DeclaredTenant[]> => {
  const sources = await readYamlSources(path);
  const complaints: PlacedComplaint[] = [];
  const tenants: DeclaredTenant[] = [];
  for (const source of sources)
    try {
      tenants.push(declarationIn(source));
    } catch (error) {
      if (!(error instanceof DeclarationBroken)) throw error;
      complaints.push(...error.complaints);
    }
  if (complaints.length > 0) throw new DeclarationBroken(complaints);
  return tenants;
};
