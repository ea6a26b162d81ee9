import { FiqlError } from './fiql.js';
import type { Fiql, Operator, Value } from './fiql.js';
import type { StoredIncident } from './state.js';

type Kind = 'text' | 'date' | 'boolean' | 'memo';

/** Fields that can be asked for, and how they compare. */
const fields: Readonly<Record<string, Kind>> = {
  id: 'text',
  number: 'text',
  externalNumber: 'text',
  briefDescription: 'text',
  status: 'text',
  request: 'memo',
  action: 'memo',
  creationDate: 'date',
  modificationDate: 'date',
  callDate: 'date',
  targetDate: 'date',
  completedDate: 'date',
  closedDate: 'date',
  completed: 'boolean',
  closed: 'boolean',
  onHold: 'boolean',
  majorCall: 'boolean',
  ...Object.fromEntries(
    [
      'processingStatus',
      'category',
      'subcategory',
      'entryType',
      'callType',
      'operator',
      'operatorGroup',
    ].flatMap((name) => [
      [`${name}.id`, 'text'],
      [`${name}.name`, 'text'],
    ]),
  ),
  'caller.name': 'text',
};

const allowed: Readonly<Record<Kind, readonly Operator[]>> = {
  text: ['==', '!=', '=sw=', '=in=', '=out='],
  date: ['==', '!=', '=gt=', '=ge=', '=lt=', '=le=', '=in=', '=out='],
  boolean: ['==', '!='],
  memo: ['==', '!=', '=sw='],
};

const fieldOf = (incident: StoredIncident, path: string): unknown => {
  const named = path === 'caller.name' ? 'caller.dynamicName' : path;
  return named
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], incident);
};

const comparable = (kind: Kind, text: string): string | number => {
  if (kind === 'boolean' && text !== 'true' && text !== 'false')
    throw new FiqlError(`${text} is no boolean`);
  if (kind !== 'date') return text.toLowerCase();
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(instant))
    throw new FiqlError(`${text} is no date`);
  return instant;
};

const isAbsent = (value: unknown): boolean => value === null || value === undefined || value === '';

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

const isNull = ({ text, quoted }: Value): boolean => !quoted && text === 'null';

type Test = (here: string | number | null, asked: readonly (string | number | null)[]) => boolean;
type Known = Exclude<ReturnType<typeof comparable>, never>;

const against =
  (compare: (here: Known, asked: Known) => boolean): Test =>
  (here, [asked]) =>
    here !== null && asked !== null && asked !== undefined && compare(here, asked);

const tests: Readonly<Record<Operator, Test>> = {
  '==': (here, [asked]) => here === asked,
  '!=': (here, [asked]) => here !== asked,
  '=in=': (here, asked) => asked.includes(here),
  '=out=': (here, asked) => !asked.includes(here),
  '=sw=': against((here, asked) => String(here).startsWith(String(asked))),
  '=gt=': against((here, asked) => here > asked),
  '=ge=': against((here, asked) => here >= asked),
  '=lt=': against((here, asked) => here < asked),
  '=le=': against((here, asked) => here <= asked),
};

type Comparison = Extract<Fiql, { kind: 'comparison' }>;

const kindOf = ({ field, operator, values }: Comparison): Kind => {
  const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (kind === undefined) throw new FiqlError(`Unknown field '${field}'`);
  const memoEquals = kind === 'memo' && operator !== '=sw=' && !values.every(isNull);
  if (memoEquals || !allowed[kind].includes(operator)) {
    throw new FiqlError(`Operator ${operator} cannot be used on '${field}'`);
  }
  return kind;
};

const compares = (query: Comparison, incident: StoredIncident): boolean => {
  const kind = kindOf(query);
  const value = fieldOf(incident, query.field);
  const here = isAbsent(value) ? null : comparable(kind, asText(value));
  const asked = query.values.map((one) => (isNull(one) ? null : comparable(kind, one.text)));
  return tests[query.operator](here, asked);
};

/** Whether an incident answers a query; throws `FiqlError` where the query asks what cannot be asked. */
export const matches = (query: Fiql, incident: StoredIncident): boolean => {
  if (query.kind === 'comparison') return compares(query, incident);
  const outcomes = query.parts.map((part) => matches(part, incident));
  return query.kind === 'and' ? outcomes.every(Boolean) : outcomes.some(Boolean);
};

const neverSorted = new Set([
  'externalLinks',
  'escalationStatus',
  'action',
  'attachments',
  'partialIncidents',
]);

const directionOf = (text: string): { field: string; sign: 1 | -1 } => {
  const [field = '', direction = 'asc'] = text.split(':');
  const wrong =
    neverSorted.has(field) || !Object.hasOwn(fields, field) || !/^(asc|desc)$/.test(direction);
  if (wrong) throw new FiqlError(`Cannot sort by '${text}'`);
  return { field, sign: direction === 'asc' ? 1 : -1 };
};

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Order of a `sort` parameter; throws `FiqlError` where it names what cannot be sorted. */
export const orderOf = (sort: string): ((a: StoredIncident, b: StoredIncident) => number) => {
  const keys = sort.split(',').map(directionOf);
  const compare = (field: string, a: StoredIncident, b: StoredIncident): number =>
    compareText(asText(fieldOf(a, field)), asText(fieldOf(b, field)));
  return (a, b) =>
    keys.map(({ field, sign }) => sign * compare(field, a, b)).find((outcome) => outcome !== 0) ??
    0;
};
