import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { listBelow, listIncidents, presented, presentedEntry, refusal } from './answers.js';
import { download, presentedAttachment, upload } from './attachments.js';
import { createIncident, moveIncident, updateIncident } from './editing.js';
import { isUuid, Refused } from './rules.js';
import { catalogue } from './state.js';
import type { Environment, StoredIncident } from './state.js';

type Answer = SimulatedAnswer | Promise<SimulatedAnswer>;
type Route = (
  environment: Environment,
  request: SimulatedRequest,
  names: readonly string[],
) => Answer;
type IncidentRoute = (
  environment: Environment,
  request: SimulatedRequest,
  incident: StoredIncident,
) => Answer;

const bodyOf = ({ json, headers }: SimulatedRequest): Readonly<Record<string, unknown>> => {
  const isJson = /^application\/json\b/.test(headers['content-type'] ?? '');
  if (!isJson || typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Refused(400, 'The body is not a JSON object.');
  }
  return json as Readonly<Record<string, unknown>>;
};

const incidentOf = ({ incidents }: Environment, by: string, name: string): StoredIncident => {
  if (by === 'id' && !isUuid(name)) throw new Refused(400, 'The incident id is invalid.');
  const found = [...incidents.values()].find((one) => one[by === 'id' ? 'id' : 'number'] === name);
  if (!found) throw new Refused(404, 'The incident does not exist.');
  return found;
};

const update: IncidentRoute = (environment, request, incident) => ({
  status: 200,
  json: presented(updateIncident(environment, incident, bodyOf(request))),
});

const archive =
  (archived: boolean): IncidentRoute =>
  (environment, _request, incident) => {
    if (!environment.mayWrite)
      throw new Refused(403, 'The operator does not have the rights to execute this operation.');
    incident.status = incident.status.replace('Archived', '') + (archived ? 'Archived' : '');
    return { status: 200, json: presented(incident) };
  };

/** The reason may be left out where TOPdesk has a default for it; then there is no body at all. */
const moving =
  (line: 'firstLine' | 'secondLine'): IncidentRoute =>
  (environment, request, incident) => ({
    status: 200,
    json: presented(
      moveIncident(environment, incident, {
        line,
        body: request.body.length === 0 ? {} : bodyOf(request),
      }),
    ),
  });

const texts =
  (list: 'actions' | 'requests', defaultSize: number): IncidentRoute =>
  (environment, request, incident) =>
    listBelow(
      (environment[list].get(incident.id) ?? []).map((entry) => presentedEntry(environment, entry)),
      request,
      defaultSize,
    );

/** What can be done with one incident, by method and the path behind its id or number. */
const incidentRoutes: Readonly<Record<string, IncidentRoute>> = {
  'GET ': (_environment, _request, incident) => ({ status: 200, json: presented(incident) }),
  'PATCH ': update,
  'PUT ': update,
  'PUT /archive': archive(true),
  'PUT /unarchive': archive(false),
  'PUT /escalate': moving('secondLine'),
  'PUT /deescalate': moving('firstLine'),
  // The specification gives 0 as the default page size of actions: nothing, unless asked for.
  'GET /actions': texts('actions', 0),
  'GET /requests': texts('requests', 10),
  'GET /progresstrail': (environment, request, incident) =>
    listBelow(
      [
        ...(environment.requests.get(incident.id) ?? []),
        ...(environment.actions.get(incident.id) ?? []),
      ].map((entry) => presentedEntry(environment, entry)),
      request,
      10,
    ),
  'GET /attachments': (environment, request, incident) =>
    listBelow(
      (environment.attachments.get(incident.id) ?? []).map((one) =>
        presentedAttachment(environment, incident, one),
      ),
      request,
      10,
    ),
  'POST /attachments': upload,
};

const supporting = {
  call_types: catalogue.callType,
  categories: catalogue.category,
  subcategories: catalogue.subcategory.map(({ id, name, category }) => ({
    id,
    name,
    category: catalogue.category.find((one) => one.name === category),
  })),
  entry_types: catalogue.entryType,
  impacts: catalogue.impact,
  urgencies: catalogue.urgency,
  priorities: catalogue.priority,
  durations: catalogue.duration,
  closure_codes: catalogue.closureCode,
  'escalation-reasons': catalogue.escalationReason,
  'deescalation-reasons': catalogue.deescalationReason,
};

const routes: readonly (readonly [RegExp, Route])[] = [
  [/^GET \/version$/, () => ({ status: 200, json: { version: '3.9.0' } })],
  [/^GET \/productVersion$/, () => ({ status: 200, json: { major: 12, minor: 4, patch: 1 } })],
  [/^GET \/incidents$/, listIncidents],
  [
    /^POST \/incidents$/,
    (environment, request) => ({
      status: 201,
      json: presented(createIncident(environment, bodyOf(request))),
    }),
  ],
  [
    /^GET \/incidents\/statuses$/,
    () => ({
      status: 200,
      json: catalogue.processingStatus.map((one, index) => ({
        ...one,
        onHold: 'NO',
        processingState: 'OPEN',
        response: 'NO',
        default: index === 0,
      })),
    }),
  ],
  ...Object.entries(supporting).map(
    ([name, json]) =>
      [new RegExp(`^GET /incidents/${name}$`), () => ({ status: 200, json })] as const,
  ),
  [
    /^GET \/incidents\/(id|number)\/([^/]+)\/attachments\/([^/]+)\/download$/,
    (environment, _request, [by = '', name = '', id = '']) =>
      download(environment.attachments.get(incidentOf(environment, by, name).id) ?? [], id),
  ],
  [
    /^(GET|PATCH|PUT|POST) \/incidents\/(id|number)\/([^/]+)(\/[a-z]+)?$/,
    (environment, request, [method = '', by = '', name = '', rest = '']) => {
      const route = incidentRoutes[`${method} ${rest}`];
      return route
        ? route(environment, request, incidentOf(environment, by, name))
        : refusal(404, 'Not found.');
    },
  ],
];

const root = '/tas/api';

/** Answers one request of an operator whose credentials are right. */
export const answer = async (
  environment: Environment,
  request: SimulatedRequest,
): Promise<SimulatedAnswer> => {
  if (!request.path.startsWith(`${root}/`)) return refusal(404, 'Not found.');
  const asked = `${request.method} ${decodeURIComponent(request.path.slice(root.length))}`;
  for (const [pattern, route] of routes) {
    const found = pattern.exec(asked);
    if (found) return route(environment, request, found.slice(1));
  }
  return refusal(404, 'Not found.');
};
