import { catalogue, persons } from './state.js';

/** What is wrong with a body: TOPdesk answers 400, and 404 for an id that does not exist. */
export class Refused extends Error {
  readonly status: 400 | 403 | 404;
  constructor(status: 400 | 403 | 404, message: string) {
    super(message);
    this.status = status;
  }
}

type Rule = (value: unknown, field: string) => void;

const wrong = (field: string): Refused =>
  new Refused(400, `The value for the field '${field}' has the wrong format.`);

const string =
  (maxLength = Infinity): Rule =>
  (value, field) => {
    if (typeof value !== 'string') throw wrong(field);
    if (value.length > maxLength)
      throw new Refused(400, `The value for the field '${field}' is too long.`);
  };

const boolean: Rule = (value, field) => {
  if (typeof value !== 'boolean') throw wrong(field);
};

const date: Rule = (value, field) => {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|[+-]\d{2}:?\d{2})?$/;
  if (typeof value !== 'string' || !shape.test(value)) throw wrong(field);
};

const number =
  (minimum: number, maximum: number): Rule =>
  (value, field) => {
    if (typeof value !== 'number' || value < minimum || value > maximum) throw wrong(field);
  };

const oneOf =
  (...values: string[]): Rule =>
  (value, field) => {
    if (!values.includes(value as string)) throw wrong(field);
  };

const record = (value: unknown, field: string): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field);
  return value as Record<string, unknown>;
};

/** Every field by its rule; one that is not named does not exist. */
export const checkFields = (
  value: unknown,
  rules: Readonly<Record<string, Rule>>,
  parent = '',
): void => {
  for (const [name, given] of Object.entries(record(value, parent || 'body'))) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    const path = parent === '' ? name : `${parent}.${name}`;
    if (!rule) throw new Refused(400, `The field '${path}' does not exist.`);
    if (given !== null) rule(given, path);
  }
};

const object =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value, field) =>
    checkFields(value, rules, field);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => uuid.test(text);

const id: Rule = (value, field) => {
  if (typeof value !== 'string' || !isUuid(value)) throw wrong(field);
};

type List = keyof typeof catalogue;
interface Entry {
  readonly id: string;
  readonly name: string;
  readonly category?: string;
}

/** The entry that `{id}` or `{name}` points at; both at once is an error. */
export const entryOf = (list: List, value: unknown): Entry => {
  const given = record(value, list);
  const entries: readonly Entry[] = catalogue[list];
  if (given['id'] !== undefined) {
    const found = entries.find((entry) => entry.id === given['id']);
    if (!found) throw new Refused(404, `The value for the field '${list}.id' cannot be found.`);
    return found;
  }
  const found = entries.filter((entry) => entry.name === given['name']);
  const [only, another] = found;
  if (!only) throw new Refused(400, `The value for the field '${list}.name' cannot be found.`);
  if (another) throw new Refused(400, `The value for the field '${list}.name' is ambiguous.`);
  return only;
};

const exactlyOne = (value: unknown, field: string, names: readonly string[]): void => {
  const given = Object.keys(record(value, field));
  if (given.length !== 1 || !names.includes(given[0] ?? '')) {
    throw new Refused(400, `The field '${field}' takes exactly one of ${names.join(', ')}.`);
  }
};

const reference =
  (list: List, ...names: ('id' | 'name')[]): Rule =>
  (value, field) => {
    exactlyOne(value, field, names);
    object({ id, name: string() })(value, field);
    if (list !== 'subcategory') entryOf(list, value);
  };

const callerLookup: Rule = (value, field) => {
  exactlyOne(value, field, ['id', 'email']);
  const given = record(value, field);
  if (given['id'] !== undefined) id(given['id'], `${field}.id`);
  const person = persons.find((one) => one.id === given['id'] || one.email === given['email']);
  if (!person)
    throw new Refused(
      given['id'] === undefined ? 400 : 404,
      `The value for the field '${field}' cannot be found.`,
    );
  if (!person.caller) throw new Refused(400, 'The person does not have the Caller role.');
};

const caller = object({
  dynamicName: string(109),
  phoneNumber: string(25),
  mobileNumber: string(25),
  email: string(100),
  branch: reference('branch', 'id'),
  location: reference('location', 'id'),
  department: object({ id, name: string() }),
  budgetHolder: object({ id, name: string() }),
  personExtraFieldA: object({ id, name: string() }),
  personExtraFieldB: object({ id, name: string() }),
});

const freeFields = object(
  Object.fromEntries(
    [1, 2, 3, 4, 5].flatMap((n): [string, Rule][] => [
      [`boolean${n}`, boolean],
      [`number${n}`, number(-Infinity, Infinity)],
      [`date${n}`, date],
      [`text${n}`, string(100)],
      [`memo${n}`, string()],
      [`searchlist${n}`, object({ id, name: string() })],
    ]),
  ),
);

const shared: Readonly<Record<string, Rule>> = {
  callerLookup,
  caller,
  briefDescription: string(80),
  request: string(),
  action: string(),
  actionInvisibleForCaller: boolean,
  externalNumber: string(60),
  ...Object.fromEntries(
    (
      [
        'entryType',
        'callType',
        'category',
        'subcategory',
        'impact',
        'urgency',
        'priority',
        'duration',
        'closureCode',
        'processingStatus',
        'object',
      ] as const
    ).map((list) => [list, reference(list, 'id', 'name')]),
  ),
  ...Object.fromEntries(
    (['location', 'branch', 'sla', 'operator', 'operatorGroup', 'supplier'] as const).map(
      (list) => [list, reference(list, 'id')],
    ),
  ),
  targetDate: date,
  responseDate: date,
  completedDate: date,
  closedDate: date,
  onHold: boolean,
  responded: boolean,
  completed: boolean,
  closed: boolean,
  majorCall: boolean,
  publishToSsd: boolean,
  feedbackRating: number(1, 5),
  feedbackMessage: string(),
  optionalFields1: freeFields,
  optionalFields2: freeFields,
  externalLink: object({
    id: string(),
    date,
    type: (value, field) => {
      if (typeof value !== 'string' || !/^\d+$/.test(value)) throw wrong(field);
    },
  }),
};

/** IncidentCreateBody. */
export const createRules: Readonly<Record<string, Rule>> = {
  ...shared,
  status: oneOf('firstLine', 'secondLine', 'partial'),
  mainIncident: object({ id, number: string() }),
};

/** IncidentUpdateBody: no status and no main incident; a call date. */
export const updateRules: Readonly<Record<string, Rule>> = {
  ...shared,
  callDate: date,
  branchExtraFieldA: object({ id, name: string() }),
  branchExtraFieldB: object({ id, name: string() }),
};

/** A reason to escalate: by id, or else by name. */
export const checkReason = (body: unknown): void => checkFields(body, { id, name: string() });
