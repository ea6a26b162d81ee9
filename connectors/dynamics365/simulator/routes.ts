import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { closeIncident } from './closing.js';
import { keyIn, rowWith } from './columns.js';
import { readMetadata } from './metadata.js';
import { api, presented, retrieve, retrieveMultiple } from './reading.js';
import { newId, Refused } from './state.js';
import type { Environment, Row } from './state.js';
import { tableOf } from './tables.js';
import type { Table } from './tables.js';
import { create, remove, update } from './writing.js';

const bodyOf = ({ json, headers }: SimulatedRequest): Readonly<Record<string, unknown>> => {
  const isJson = /^application\/json\b/.test(headers['content-type'] ?? '');
  if (!isJson)
    throw new Refused(
      400,
      '0x80060888',
      'A request with a body needs Content-Type application/json.',
    );
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Refused(400, '0x80048d19', 'The body is no JSON object.');
  return json as Readonly<Record<string, unknown>>;
};

const written = (
  environment: Environment,
  request: SimulatedRequest,
  { table, row, isNew }: { table: Table; row: Row; isNew: boolean },
): SimulatedAnswer => {
  const address = `${environment.tools.baseUrl}${api}/${table.set}(${row.id})`;
  if (!/\breturn=representation\b/.test(request.headers['prefer'] ?? ''))
    return { status: 204, headers: { 'odata-entityid': address, location: address } };
  return {
    status: isNew ? 201 : 200,
    headers: { 'preference-applied': 'return=representation' },
    json: presented(environment, row, Object.keys(table.columns)),
  };
};

const conflict = (message: string): Refused => new Refused(412, '', message);

/** The condition that a row does not meet; the documented bodies of a 412 have an empty code. */
const unmet = (headers: SimulatedRequest['headers'], { version }: Row): Refused | null => {
  const { 'if-match': match = '*', 'if-none-match': noneMatch } = headers;
  if (match !== '*' && match !== `W/"${version}"`)
    return conflict(
      "The version of the existing record doesn't match the RowVersion property provided.",
    );
  return noneMatch === '*' ? conflict('A record with matching key values already exists.') : null;
};

const checkConditions = (
  { headers }: SimulatedRequest,
  { table, row }: { table: Table; row: Row | null },
): void => {
  if (!row && 'if-match' in headers)
    throw new Refused(404, '0x80040217', `${table.name} With Id = ? Does Not Exist`);
  const refused = row && unmet(headers, row);
  if (refused) throw refused;
};

const upsert = (
  environment: Environment,
  request: SimulatedRequest,
  { table, text }: { table: Table; text: string },
): SimulatedAnswer => {
  const key = keyIn(environment, table, text);
  const row = rowWith(environment, table, key);
  const body = bodyOf(request);
  checkConditions(request, { table, row });
  if (key.column in body)
    throw new Refused(400, '0x80048d19', `The key ${key.column} does not belong in the body.`);
  if (row) {
    const changed = update(environment, table, row, { body });
    return written(environment, request, { table, row: changed, isNew: false });
  }
  const id = key.column === table.id ? key.value : newId();
  const keyed = key.column === table.id ? {} : { [key.column]: key.value };
  const made = create(environment, table, body, { id, keyed });
  return written(environment, request, { table, row: made, isNew: true });
};

const existing = (environment: Environment, table: Table, text: string): Row => {
  const row = rowWith(environment, table, keyIn(environment, table, text));
  if (row) return row;
  throw new Refused(404, '0x80040217', `${table.name} With Id = ${text} Does Not Exist`);
};

type OneRow = (
  environment: Environment,
  request: SimulatedRequest,
  at: { table: Table; text: string },
) => SimulatedAnswer;

const oneRow: Readonly<Record<string, OneRow>> = {
  GET: (environment, request, { table, text }) =>
    retrieve(environment, request, { table, row: existing(environment, table, text) }),
  PATCH: upsert,
  DELETE: (environment, _request, { table, text }) => {
    remove(environment, table, existing(environment, table, text));
    return { status: 204 };
  },
};

type AllRows = (
  environment: Environment,
  request: SimulatedRequest,
  table: Table,
) => SimulatedAnswer;

const allRows: Readonly<Record<string, AllRows>> = {
  GET: retrieveMultiple,
  POST: (environment, request, table) => {
    const row = create(environment, table, bodyOf(request));
    return written(environment, request, { table, row, isNew: true });
  },
};

const named = (environment: Environment, request: SimulatedRequest): SimulatedAnswer | null => {
  const { organizationId, userId } = environment;
  if (request.method === 'GET' && /^\/WhoAmI(\(\))?$/.test(request.path))
    return {
      status: 200,
      json: { BusinessUnitId: newId(), UserId: userId, OrganizationId: organizationId },
    };
  if (request.method === 'POST' && request.path === '/CloseIncident')
    return closeIncident(environment, bodyOf(request));
  return request.method === 'GET' ? readMetadata(environment, request) : null;
};

const segment = /^\/(\w+)(?:\((.+)\))?$/;

const routed = (
  environment: Environment,
  request: SimulatedRequest,
  { table, text }: { table: Table; text: string | undefined },
): SimulatedAnswer | undefined =>
  text === undefined
    ? allRows[request.method]?.(environment, request, table)
    : oneRow[request.method]?.(environment, request, { table, text });

/** Answers one request below `/api/data/v9.2`; throws `Refused` where the Web API would not do it. */
export const answer = (environment: Environment, request: SimulatedRequest): SimulatedAnswer => {
  const special = named(environment, request);
  if (special) return special;
  const { method, path } = request;
  const [, set = '', text] = segment.exec(path) ?? [];
  const table = tableOf(set);
  if (!table) throw new Refused(404, '0x80060888', `Resource not found for the segment '${set}'.`);
  const given = routed(environment, request, { table, text });
  if (given) return given;
  throw new Refused(405, '0x8006088a', `The requested resource does not support '${method}'.`);
};
