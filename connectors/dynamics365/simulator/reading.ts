import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { filterOf } from './filter.js';
import { newId, Refused, rowsOf } from './state.js';
import type { Deletion, Environment, Row } from './state.js';
import type { Table } from './tables.js';

export const api = '/api/data/v9.2';

const bad = (message: string): Refused => new Refused(400, '0x80060888', message);

const known = new Set(['$select', '$filter', '$orderby', '$top', '$skiptoken', '$deltatoken']);

const checkOptions = (query: URLSearchParams): void => {
  for (const name of query.keys()) {
    if (!known.has(name)) throw bad(`The query parameter ${name} is not supported.`);
  }
};

const selectOf = (query: URLSearchParams, table: Table): string[] => {
  const names = query.get('$select')?.split(',') ?? Object.keys(table.columns);
  const unknown = names.find((name) => !Object.hasOwn(table.columns, name));
  if (unknown !== undefined)
    throw bad(
      `Could not find a property named '${unknown}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`,
    );
  return [...new Set([...names, table.id])];
};

export const presented = (
  { flaws }: Environment,
  row: Row,
  names: readonly string[],
): Record<string, unknown> => ({
  '@odata.etag': `W/"${row.version}"`,
  ...Object.fromEntries(names.map((name) => [name, row.values[name] ?? null])),
  ...(flaws.has('wrong-types') && { statuscode: 'five', createdon: 5 }),
  ...(flaws.has('foreign-rows') && { incidentid: newId() }),
});

const isDeletion = (row: Row | Deletion): row is Deletion => 'set' in row;

const contextOf = ({ tools }: Environment, table: Table, rest: string): string =>
  `${tools.baseUrl}${api}/$metadata#${table.set}${rest}`;

interface Preferences {
  readonly tracking: boolean;
  readonly pageSize: number;
}

const preferencesOf = ({ headers }: SimulatedRequest): Preferences => {
  const prefer = headers['prefer'] ?? '';
  const size = Number(/odata\.maxpagesize=(\d+)/.exec(prefer)?.[1] ?? 5000);
  return {
    tracking: /\bodata\.track-changes\b/.test(prefer),
    pageSize: Math.min(Math.max(size, 1), 5000),
  };
};

const untracked = ['$filter', '$orderby', '$expand', '$top'];

/** Change tokens are valid for seven days, unless an administrator says otherwise. */
const tokenLifeMs = 7 * 86_400_000;

const sinceOf = (environment: Environment, token: string): number => {
  const [, version, date] = /^(\d+)!(.+)$/.exec(token) ?? [];
  const made = Date.parse(date ?? '');
  if (version === undefined || Number.isNaN(made)) throw bad('The delta token is invalid.');
  if (environment.tools.now().getTime() - made > tokenLifeMs)
    throw new Refused(
      400,
      '0x80044352',
      'Version stamp associated with the client has expired. Please perform a full sync.',
    );
  return Number(version);
};

const changedSince = (
  environment: Environment,
  table: Table,
  token: string,
): (Row | Deletion)[] => {
  const since = sinceOf(environment, token);
  const changed = [...rowsOf(environment, table).values()]
    .filter(({ version }) => version > since)
    .sort((one, other) => one.version - other.version);
  const gone = environment.deletions.filter(
    ({ set, version }) => set === table.set && version > since,
  );
  return [...changed, ...gone];
};

const ordered = (rows: Row[], orderby: string | null, table: Table): Row[] => {
  if (orderby === null) return rows;
  const [, name = '', direction] = /^(\w+)(?: (asc|desc))?$/.exec(orderby) ?? [];
  if (!Object.hasOwn(table.columns, name)) throw bad(`Could not find a property named '${name}'.`);
  const sign = direction === 'desc' ? -1 : 1;
  const compare = (one: Row, other: Row): number =>
    String(one.values[name]).localeCompare(String(other.values[name])) * sign;
  return rows.sort(compare);
};

const selected = (environment: Environment, query: URLSearchParams, table: Table): Row[] => {
  const filter = query.get('$filter');
  const test = filter === null ? (): boolean => true : filterOf(filter, table);
  const rows = [...rowsOf(environment, table).values()].filter(test);
  const top = query.get('$top');
  if (top !== null && !/^[1-9]\d*$/.test(top)) throw bad('The value of $top must be positive.');
  return ordered(rows, query.get('$orderby'), table).slice(0, Number(top ?? Infinity));
};

interface Found {
  readonly rows: readonly (Row | Deletion)[];
  readonly version: number;
}

const foundBy = (
  environment: Environment,
  query: URLSearchParams,
  { table, tracking }: { table: Table; tracking: boolean },
): Found => {
  const skip = query.get('$skiptoken');
  if (skip !== null) {
    const found = environment.continuations.get(skip);
    if (!found) throw bad('The $skiptoken is invalid.');
    return found;
  }
  const delta = query.get('$deltatoken');
  const refused = untracked.find((name) => query.has(name));
  if ((tracking || delta !== null) && refused !== undefined)
    throw bad(`The "${refused}" query parameter isn't supported when Change Tracking is enabled.`);
  const rows =
    delta === null ? selected(environment, query, table) : changedSince(environment, table, delta);
  return { rows, version: environment.version };
};

const linkTo = (
  { tools, flaws }: Environment,
  { table, query }: { table: Table; query: URLSearchParams },
  [name, value]: readonly [string, string],
): string => {
  const origin = flaws.has('foreign-link')
    ? 'https://elsewhere.example/steal'
    : `${tools.baseUrl}${api}/${table.set}`;
  const select = query.get('$select');
  const kept = select === null ? '' : `$select=${select}&`;
  return `${origin}?${kept}${name}=${encodeURIComponent(value)}`;
};

/** GET of a table: filtered, or with what is needed to follow its changes; paged either way. */
export const retrieveMultiple = (
  environment: Environment,
  request: SimulatedRequest,
  table: Table,
): SimulatedAnswer => {
  const { query } = request;
  checkOptions(query);
  const names = selectOf(query, table);
  const { tracking, pageSize } = preferencesOf(request);
  if (tracking && environment.flaws.has('no-tracking'))
    throw bad(`Change tracking is not enabled for the entity '${table.name}'.`);
  const { rows, version } = foundBy(environment, query, { table, tracking });
  const at = { table, query };
  const links: Record<string, string> = {};
  if (rows.length > pageSize) {
    const token = newId();
    environment.continuations.set(token, { rows: rows.slice(pageSize), version });
    links['@odata.nextLink'] = linkTo(environment, at, ['$skiptoken', token]);
  } else if (tracking || query.has('$deltatoken')) {
    const token = `${version}!${environment.tools.now().toISOString()}`;
    links['@odata.deltaLink'] = linkTo(environment, at, ['$deltatoken', token]);
  }
  const value = rows.slice(0, pageSize).map((row) =>
    isDeletion(row)
      ? {
          '@odata.context': contextOf(environment, table, '/$deletedEntity'),
          id: row.id,
          reason: 'deleted',
        }
      : presented(environment, row, names),
  );
  return {
    status: 200,
    headers: tracking ? { 'preference-applied': 'odata.track-changes' } : {},
    json: { '@odata.context': contextOf(environment, table, ''), ...links, value },
  };
};

/** GET of one row; 304 where it is as the caller has it. */
export const retrieve = (
  environment: Environment,
  request: SimulatedRequest,
  found: { readonly table: Table; readonly row: Row },
): SimulatedAnswer => {
  const { table, row } = found;
  checkOptions(request.query);
  const names = selectOf(request.query, table);
  if (request.headers['if-none-match'] === `W/"${row.version}"`) return { status: 304 };
  return { status: 200, json: presented(environment, row, names) };
};
