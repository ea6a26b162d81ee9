import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { FiqlError, parseFiql } from './fiql.js';
import { matches, orderOf } from './matching.js';
import { Refused } from './rules.js';
import type { Environment, StoredIncident, TrailEntry } from './state.js';

/** Errors of the Incident API are an array of messages. */
export const refusal = (status: number, message: string): SimulatedAnswer => ({
  status,
  json: [{ message }],
});

/** `2021-02-16T12:48:15Z` where asked for, else `2021-02-16T12:48:15.000+0000`. */
const oldDates = (value: unknown): unknown => {
  const iso = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})Z$/;
  if (typeof value === 'string') return value.replace(iso, '$1.000+0000');
  if (Array.isArray(value)) return value.map(oldDates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, oldDates(inner)]));
};

/** An incident with its relative links. */
export const presented = (incident: StoredIncident, isoDates = false): unknown => {
  const base = `/tas/api/incidents/id/${incident.id}`;
  const linked = {
    ...incident,
    requests: `${base}/requests`,
    action: `${base}/actions`,
    attachments: `${base}/attachments`,
  };
  return isoDates ? linked : oldDates(linked);
};

const only = (query: URLSearchParams, names: readonly string[]): void => {
  const unknown = [...query.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Refused(400, `The query parameter '${unknown}' does not exist.`);
};

/** A whole number between two limits; TOPdesk refuses any other. */
const wholeOf = (
  query: URLSearchParams,
  name: string,
  [minimum, maximum, otherwise]: readonly [number, number, number],
): number => {
  const given = query.get(name);
  if (given === null) return otherwise;
  const number = Number(given);
  if (!/^\d+$/.test(given) || number < minimum || number > maximum) {
    throw new Refused(
      400,
      `The query parameter '${name}' must be between ${minimum} and ${maximum}.`,
    );
  }
  return number;
};

const selected = (environment: Environment, query: URLSearchParams): StoredIncident[] => {
  const fiql = query.get('query');
  const parsed = fiql === null ? null : parseFiql(fiql);
  const all = query.has('all') && query.get('all') !== 'false';
  const lines = [...environment.incidents.values()].filter(
    ({ status }) => all || status === 'firstLine' || status === 'secondLine',
  );
  const found = lines.filter((incident) => parsed === null || matches(parsed, incident));
  const sort = query.get('sort');
  return sort === null ? found : found.sort(orderOf(sort));
};

const withFields = (incident: unknown, fields: string | null): unknown => {
  if (fields === null) return incident;
  const names = new Set(fields.split(','));
  return Object.fromEntries(Object.entries(incident as object).filter(([name]) => names.has(name)));
};

const page = (
  found: readonly StoredIncident[],
  environment: Environment,
  request: SimulatedRequest,
): SimulatedAnswer => {
  const { query } = request;
  const start = wholeOf(query, 'pageStart', [0, Number.MAX_SAFE_INTEGER, 0]);
  const size = wholeOf(query, 'pageSize', [1, 10_000, 10]);
  const iso = query.get('dateFormat') === 'iso8601';
  const json = found
    .slice(start, start + size)
    .map((one) => withFields(presented(one, iso), query.get('fields')));
  if (json.length === 0) return { status: 204 };
  if (found.length <= start + size) return { status: 200, json };
  const next = new URLSearchParams(query);
  next.set('pageStart', String(start + size));
  next.set('pageSize', String(size));
  const address = `${environment.tools.baseUrl}${request.path}?${next.toString()}`;
  return { status: 206, headers: { 'x-next-page-url': address }, json };
};

/** GET /incidents: 200 the last page, 206 with `x-next-page-url` where more follow, 204 nothing. */
export const listIncidents = (
  environment: Environment,
  request: SimulatedRequest,
): SimulatedAnswer => {
  only(request.query, ['pageStart', 'pageSize', 'sort', 'query', 'fields', 'dateFormat', 'all']);
  const dateFormat = request.query.get('dateFormat');
  if (dateFormat !== null && dateFormat !== 'iso8601')
    throw new Refused(400, 'Unknown dateFormat.');
  try {
    return page(selected(environment, request.query), environment, request);
  } catch (error) {
    if (error instanceof FiqlError) return refusal(400, error.message);
    throw error;
  }
};

const listParameters = [
  'start',
  'page_size',
  'inlineimages',
  'force_images_as_data',
  'non_api_attachment_urls',
];

/** Lists below an incident page by `start` and `page_size`; 206 without a link where more follow. */
export const listBelow = (
  entries: readonly unknown[],
  { query }: SimulatedRequest,
  defaultSize: number,
): SimulatedAnswer => {
  only(query, listParameters);
  const start = wholeOf(query, 'start', [0, Number.MAX_SAFE_INTEGER, 0]);
  const size = wholeOf(query, 'page_size', [defaultSize === 0 ? 0 : 1, 100, defaultSize]);
  const json = entries.slice(start, start + size).map(oldDates);
  if (json.length === 0) return { status: 204 };
  return { status: entries.length > start + size ? 206 : 200, json };
};

export const presentedEntry = (environment: Environment, entry: TrailEntry): unknown => ({
  ...entry,
  plainText: entry.memoText.replace(/<br>/g, '\n').replace(/<[^>]*>/g, ''),
  flag: 0,
  operator: environment.operator,
  person: null,
});
