import { attestenOpvragen } from '#oslo/attesten/types.js';
import { meldingIngediend } from '#oslo/melding/types.js';
import type { Told } from '#oslo/told.js';
import type { Declared } from '../declaration-schema.js';
import { tell } from '../tell.js';
import type { Complaint, Path } from '../yaml-source.js';
import { compileForm, formOf, placesOf, propertyAt, type FormSchema } from './form.js';
import type { Attesten, Form, Meldingen } from './schema.js';

const longestSchema = 65_536;

/**
 * Characters and classes with a count at most: what a citizen wrote is matched while everybody waits, so a pattern that
 * can be slow is refused.
 */
const quickPattern =
  /^\^(?:(?:\[[^\]\\]*(?:\\.[^\]\\]*)*\]|\\[dDwWsS.\-/+]|[^\\[\](){}*+?.|^$])(?:\{\d{1,3}(?:,\d{1,3})?\}|\?)?)*\$$/;

const repeated = (ids: readonly string[]): number[] =>
  ids.flatMap((id, index) => (ids.indexOf(id) < index ? [index] : []));

const twice = (path: Path, ids: readonly string[]): Complaint[] =>
  repeated(ids).map((index) => ({
    path: [...path, index, 'id'],
    told: tell('id-twice'),
  }));

const verwerkingComplaints = (
  path: Path,
  { verwerking }: Pick<Meldingen, 'verwerking'>,
  { verwerkingen = [] }: Declared,
): Complaint[] =>
  verwerkingen.includes(verwerking)
    ? []
    : [
        {
          path: [...path, 'verwerking'],
          told: tell('processing-unknown', { verwerking, known: verwerkingen.join(', ') }),
        },
      ];

/** What comes in here would be refused, or never answered, without a route. */
const routeComplaints = (
  path: Path,
  type: string,
  { routes = [], system }: Pick<Declared, 'routes'> & { readonly system?: string | undefined },
): Complaint[] => {
  const leads = routes.some(
    ({ when, to }) => when.type === type && to.some((one) => one !== system),
  );
  return leads ? [] : [{ path, told: tell('no-route', { type }) }];
};

const patternsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => [
    ...(key === 'pattern' && typeof part === 'string' ? [part] : []),
    ...(key === 'patternProperties' && typeof part === 'object' ? Object.keys(part ?? {}) : []),
    ...patternsIn(part),
  ]);
};

const schemaComplaint = (schema: FormSchema): Told | null => {
  if (JSON.stringify(schema).length > longestSchema)
    return tell('schema-long', { limit: longestSchema });
  const slow = patternsIn(schema).find((pattern) => !quickPattern.test(pattern));
  if (slow !== undefined)
    return tell('pattern-slow', {
      pattern: JSON.stringify(slow).slice(0, 80),
      example: '^[1-9][0-9]{3}$',
    });
  try {
    compileForm(schema);
    return null;
  } catch (error) {
    return tell('schema-unreadable', { reason: error instanceof Error ? error.message : '' });
  }
};

/** Every pointer of a tenant's own mapping leads to a property of its form, and that of the category at least does. */
const mappingComplaints = (path: Path, meldingen: Meldingen): Complaint[] => {
  const form = formOf(meldingen);
  const lost = Object.entries(meldingen.mapping ?? {})
    .filter(([, pointer]) => propertyAt(form, pointer) === null)
    .map(([key, pointer]) => ({
      path: [...path, 'mapping', key],
      told: tell('mapping-lost', { pointer }),
    }));
  const { category } = placesOf(meldingen);
  if (lost.length > 0 || propertyAt(form, category)) return lost;
  return [{ path: [...path, 'mapping'], told: tell('category-lost', { pointer: category }) }];
};

const formComplaints = (path: Path, meldingen: Meldingen): Complaint[] => {
  const told = meldingen.schema ? schemaComplaint(meldingen.schema) : null;
  return told === null ? mappingComplaints(path, meldingen) : [{ path: [...path, 'schema'], told }];
};

const meldingenComplaints = (path: Path, meldingen: Meldingen, tenant: Declared): Complaint[] => {
  const { system, categories } = meldingen;
  const instances = Object.keys(tenant.connectors ?? {});
  const unknown = system !== undefined && !instances.includes(system);
  return [
    ...verwerkingComplaints(path, meldingen, tenant),
    ...(unknown
      ? [
          {
            path: [...path, 'system'],
            told: tell('connector-unknown', { id: system, known: instances.join(', ') }),
          },
        ]
      : []),
    ...twice(
      [...path, 'categories'],
      categories.map(({ id }) => id),
    ),
    ...formComplaints(path, meldingen),
    ...routeComplaints(path, meldingIngediend.type, { ...tenant, system }),
  ];
};

const attestenComplaints = (path: Path, attesten: Attesten, tenant: Declared): Complaint[] => [
  ...verwerkingComplaints(path, attesten, tenant),
  ...routeComplaints(path, attestenOpvragen.type, tenant),
];

/** An address that carries a login, or that no browser can read, is nobody's. */
const addressComplaints = (path: Path, form: Form): Complaint[] =>
  (['embed', 'fallback', 'ssoTokenRegistrationApi', 'thirdPartyCookieApi'] as const)
    .filter((key) => {
      const address = form[key].replaceAll(/[{}]/g, '');
      if (!URL.canParse(address)) return true;
      const { username, password } = new URL(address);
      return username !== '' || password !== '';
    })
    .map((key) => ({ path: [...path, key], told: tell('address-https') }));

/** What is wrong with what a tenant offers Mijn Burgerprofiel, besides its form. */
export const burgerprofielComplaints = (tenant: Declared): Complaint[] => {
  const { meldingen, attesten, forms } = tenant.burgerprofiel ?? {};
  const within = (part: string): Path => ['burgerprofiel', part];
  const items = [...within('forms'), 'items'];
  return [
    ...(meldingen ? meldingenComplaints(within('meldingen'), meldingen, tenant) : []),
    ...(attesten ? attestenComplaints(within('attesten'), attesten, tenant) : []),
    ...twice(items, forms?.items.map(({ id }) => id) ?? []),
    ...(forms?.items.flatMap((form, index) => addressComplaints([...items, index], form)) ?? []),
  ];
};
