import { checkFields, checkReason, createRules, entryOf, Refused, updateRules } from './rules.js';
import { catalogue, newId, persons, secondsNow, touch } from './state.js';
import type { Environment, Item, StoredIncident } from './state.js';

type Body = Readonly<Record<string, unknown>>;

const lists = Object.keys(catalogue) as (keyof typeof catalogue)[];

const onlyOne = <T>(found: readonly T[], missing: Refused): T => {
  const [only, another] = found;
  if (!only) throw missing;
  if (another) {
    throw new Refused(400, 'The subcategory belongs to several categories; give the category.');
  }
  return only;
};

/** A subcategory alone fills in its category, unless that is ambiguous. */
const subcategoryOf = (body: Body): { category: Item; subcategory: Item } | null => {
  const given = body['subcategory'] as { id?: string; name?: string } | null | undefined;
  if (!given) return null;
  const category = body['category'] ? entryOf('category', body['category']) : null;
  const named = catalogue.subcategory.filter(
    ({ id, name }) => id === given.id || name === given.name,
  );
  const fitting = named.filter((one) => category === null || one.category === category.name);
  const missing =
    named.length > 0
      ? new Refused(400, 'The subcategory does not belong to the category.')
      : new Refused(given.id ? 404 : 400, "The value for the field 'subcategory' cannot be found.");
  const { id, name, category: parent } = onlyOne(fitting, missing);
  return { category: entryOf('category', { name: parent }), subcategory: { id, name } };
};

const cardOf = (lookup: unknown): Body => {
  const { id, email } = lookup as { id?: string; email?: string };
  const card = persons.find((one) => one.id === id || one.email === email);
  return { id: card?.id, dynamicName: card?.name, email: card?.email, branch: null };
};

const callerOf = (body: Body): Body => {
  const { caller, callerLookup } = body as { caller?: Body; callerLookup?: Body };
  if (callerLookup && caller?.['dynamicName'] !== undefined) {
    throw new Refused(400, 'A caller cannot be registered and unregistered at once.');
  }
  if (callerLookup) return { caller: cardOf(callerLookup) };
  return caller ? { caller: { id: null, branch: null, ...caller } } : {};
};

const plain = [
  'briefDescription',
  'externalNumber',
  'targetDate',
  'callDate',
  'completed',
  'closed',
  'onHold',
  'majorCall',
  'publishToSsd',
  'responded',
];

/** The fields of a body as they stand in the incident. */
const fieldsOf = (body: Body): Body => ({
  ...Object.fromEntries(plain.filter((name) => name in body).map((name) => [name, body[name]])),
  ...Object.fromEntries(
    lists
      .filter((list) => list !== 'subcategory' && Boolean(body[list]))
      .map((list) => [
        list,
        { id: entryOf(list, body[list]).id, name: entryOf(list, body[list]).name },
      ]),
  ),
  ...subcategoryOf(body),
  ...callerOf(body),
});

const addTexts = (environment: Environment, incident: StoredIncident, body: Body): void => {
  const entry = (
    memoText: string,
  ): { id: string; memoText: string; invisibleForCaller: boolean; entryDate: string } => ({
    id: newId(),
    memoText,
    invisibleForCaller: body['actionInvisibleForCaller'] === true,
    entryDate: secondsNow(environment),
  });
  const { request, action } = body;
  if (typeof request === 'string') environment.requests.get(incident.id)?.push(entry(request));
  if (typeof action === 'string') environment.actions.get(incident.id)?.push(entry(action));
};

const checkCreation = (body: Body): void => {
  checkFields(body, createRules);
  if (body['status'] === 'partial' && !body['mainIncident']) {
    throw new Refused(400, 'A partial incident needs a main incident.');
  }
  if (body['status'] !== 'partial' && body['mainIncident']) {
    throw new Refused(400, 'Only a partial incident has a main incident.');
  }
  if (body['feedbackRating'] !== undefined && body['closed'] !== true) {
    throw new Refused(400, 'Feedback can only be given on a closed incident.');
  }
};

const nextNumber = ({ incidents, tools }: Environment): string => {
  const now = tools.now().toISOString();
  return `I ${now.slice(2, 4)}${now.slice(5, 7)} ${String(incidents.size + 1).padStart(3, '0')}`;
};

const fresh = (environment: Environment, status: string): StoredIncident => {
  const now = secondsNow(environment);
  const [registered] = catalogue.processingStatus;
  return {
    id: newId(),
    number: nextNumber(environment),
    status,
    request: null,
    caller: null,
    briefDescription: '',
    externalNumber: '',
    ...Object.fromEntries(lists.map((list) => [list, null])),
    processingStatus: registered ?? null,
    targetDate: null,
    onHold: false,
    responded: false,
    completed: false,
    completedDate: null,
    closed: false,
    closedDate: null,
    callDate: now,
    creator: environment.operator,
    creationDate: now,
    modifier: environment.operator,
    modificationDate: now,
    majorCall: false,
    publishToSsd: false,
    mainIncident: null,
    partialIncidents: [],
    externalLinks: [],
  };
};

const checkWrite = ({ mayWrite }: Environment): void => {
  if (!mayWrite)
    throw new Refused(403, 'The operator does not have the rights to execute this operation.');
};

/** POST /incidents: the whole body is checked before anything is kept. */
export const createIncident = (environment: Environment, body: Body): StoredIncident => {
  checkWrite(environment);
  checkCreation(body);
  const fields = fieldsOf(body);
  const incident = fresh(environment, (body['status'] as string | undefined) ?? 'firstLine');
  Object.assign(incident, fields);
  environment.incidents.set(incident.id, incident);
  for (const list of [environment.requests, environment.actions, environment.attachments])
    list.set(incident.id, []);
  addTexts(environment, incident, body);
  environment.effects.push({
    created: incident.id,
    externalNumber: String(incident['externalNumber']),
  });
  touch(environment, incident, environment.operator);
  return incident;
};

/** The moments of completing and closing follow from the flags. */
export const closing = (environment: Environment, incident: StoredIncident): void => {
  for (const end of ['completed', 'closed'] as const) {
    incident[`${end}Date`] = incident[end]
      ? (incident[`${end}Date`] ?? secondsNow(environment))
      : null;
  }
};

/** PATCH or PUT of an incident: texts are added to the trail, they replace nothing. */
export const updateIncident = (
  environment: Environment,
  incident: StoredIncident,
  body: Body,
): StoredIncident => {
  checkWrite(environment);
  checkFields(body, updateRules);
  if (incident.status.endsWith('Archived')) throw new Refused(403, 'The incident is archived.');
  Object.assign(incident, fieldsOf(body));
  closing(environment, incident);
  addTexts(environment, incident, body);
  environment.effects.push({ changed: incident.id, fields: Object.keys(body).sort() });
  touch(environment, incident, environment.operator);
  return incident;
};

const reasons = { secondLine: 'escalationReason', firstLine: 'deescalationReason' } as const;

/** PUT …/escalate and …/deescalate: only from the other line, and with a reason that exists. */
export const moveIncident = (
  environment: Environment,
  incident: StoredIncident,
  { line, body }: { line: 'firstLine' | 'secondLine'; body: Body },
): StoredIncident => {
  checkWrite(environment);
  if (incident.status.endsWith('Archived')) throw new Refused(403, 'The incident is archived.');
  checkReason(body);
  if (Object.keys(body).length > 0) entryOf(reasons[line], body);
  const from = line === 'secondLine' ? 'firstLine' : 'secondLine';
  if (incident.status !== from) throw new Refused(400, `The incident is not in the ${from}.`);
  incident.status = line;
  environment.effects.push({ moved: incident.id, to: line });
  touch(environment, incident, environment.operator);
  return incident;
};
