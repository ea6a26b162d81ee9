import type { Json } from '#kit/message.js';
import { valuesOf } from './columns.js';
import { newId, Refused, rowsOf, secondsNow } from './state.js';
import type { Environment, Row, Value } from './state.js';
import type { Table } from './tables.js';
import { tellWebhook } from './webhook.js';

type Body = Readonly<Record<string, unknown>>;
type Values = Record<string, Value>;

/** Who writes: the application user of the caller, or a person at the other side. */
export type Writer = 'caller' | 'person';

const checkWrite = ({ mayWrite, userId }: Environment, table: Table): void => {
  if (mayWrite) return;
  throw new Refused(
    403,
    '0x80040220',
    `Principal user (Id=${userId}, type=8) is missing prvWrite${table.name} privilege on OTC=112 for entity '${table.name}'.`,
  );
};

const checkStatus = (table: Table, values: Values): void => {
  const { statecode, statuscode } = values;
  if (statuscode === undefined || table.statuses[Number(statuscode)] === statecode) return;
  throw new Refused(
    400,
    '0x80048408',
    `${String(statuscode)} is not a valid status code for state code ${String(statecode)} on ${table.name}.`,
  );
};

const checkDocument = (
  { uploadLimitBytes }: Environment,
  { documentbody, filename }: Values,
): void => {
  if (typeof documentbody !== 'string') return;
  const blocked = /\.(exe|js|bat|cmd|com|html?|msi|vbs)$/i.test(String(filename ?? ''));
  const wrong = !/^[A-Za-z0-9+/]*={0,2}$/.test(documentbody) || documentbody.length % 4 !== 0;
  if (wrong) throw new Refused(400, '0x80048d19', 'The documentbody is no base64.');
  if (blocked || documentbody.length > uploadLimitBytes)
    throw new Refused(
      400,
      '0x80043e09',
      'The attachment is either not a valid type or is too large. It cannot be uploaded or downloaded.',
    );
};

const checkUnique = (environment: Environment, table: Table, id: string, values: Values): void => {
  const { key } = table;
  const value = key === null ? undefined : values[key];
  if (key === null || value === undefined || value === null) return;
  const other = [...rowsOf(environment, table).values()].find(
    (row) => row.id !== id && row.values[key] === value,
  );
  if (other)
    throw new Refused(
      412,
      '0x80060892',
      `Entity Key ${key} violated. A record with the same value for ${key} already exists.`,
    );
};

const ownColumns = (environment: Environment, writer: Writer): Values => ({
  modifiedon: secondsNow(environment),
  _modifiedby_value: writer === 'caller' ? environment.userId : newId(),
});

const fresh = (environment: Environment, table: Table, id: string): Values => {
  const now = secondsNow(environment);
  const number = `CAS-${String(environment.version % 100_000).padStart(5, '0')}-${id.slice(0, 6).toUpperCase()}`;
  return {
    [table.id]: id,
    createdon: now,
    ...('statecode' in table.columns && { statecode: 0, statuscode: 1 }),
    ...(table.name === 'incident' && { ticketnumber: number, prioritycode: 2 }),
    ...(table.name === 'annotation' && { isdocument: false }),
  };
};

const ofDocument = ({ documentbody }: Values): Values =>
  typeof documentbody === 'string'
    ? { isdocument: true, filesize: Buffer.from(documentbody, 'base64').length }
    : {};

const checkRequired = (table: Table, values: Values): void => {
  const missing = table.required.find((name) => (values[name] ?? '') === '');
  if (missing !== undefined)
    throw new Refused(400, '0x80040203', `The required field '${missing}' is missing.`);
  if (table.name === 'incident' && (values['_customerid_value'] ?? null) === null)
    throw new Refused(400, '0x80040203', 'You should specify a parent contact or account.');
};

const keep = (
  environment: Environment,
  table: Table,
  row: Row,
  { message, effect }: { message: 'Create' | 'Update'; effect: Json | null },
): Row => {
  environment.version += 1;
  row.version = environment.version;
  rowsOf(environment, table).set(row.id, row);
  if (effect !== null) environment.effects.push(effect);
  // Only what a caller of the API brings about has an effect.
  tellWebhook(environment, table, { id: row.id, message, byPerson: effect === null });
  return row;
};

interface Making {
  readonly id?: string;
  /** Columns that the address gives. */
  readonly keyed?: Values;
  readonly writer?: Writer;
}

const newValues = (
  environment: Environment,
  table: Table,
  body: Body,
  { id, keyed }: { id: string; keyed: Values },
): Values => {
  if ('statecode' in body)
    throw new Refused(400, '0x80048408', `The state of a new ${table.name} cannot be set.`);
  const given = { ...valuesOf(environment, table, body), ...keyed };
  const values = { ...fresh(environment, table, id), ...given, ...ofDocument(given) };
  checkRequired(table, values);
  checkStatus(table, values);
  checkDocument(environment, values);
  checkUnique(environment, table, id, values);
  return values;
};

/** Makes a row: the whole body is checked before anything is kept. */
export const create = (
  environment: Environment,
  table: Table,
  body: Body,
  { id = newId(), keyed = {}, writer = 'caller' }: Making = {},
): Row => {
  if (writer === 'caller') checkWrite(environment, table);
  const own = ownColumns(environment, writer);
  const values = {
    ...newValues(environment, table, body, { id, keyed }),
    ...own,
    _createdby_value: own['_modifiedby_value'] ?? null,
  };
  const effect = writer === 'caller' ? { created: table.name, id } : null;
  return keep(environment, table, { id, version: 0, values }, { message: 'Create', effect });
};

const checkClosed = (table: Table, row: Row, given: Values): void => {
  const isClosed = table.name === 'incident' && row.values['statecode'] !== 0;
  if (isClosed && 'description' in given && given['statecode'] !== 0)
    throw new Refused(400, '0x80040203', 'The description of a resolved case is read-only.');
};

/** A state without status reason takes the default of that state. */
const statusFor = ({ statuses }: Table, { statecode, statuscode }: Values): Values => {
  if (statecode === undefined || statuscode !== undefined) return {};
  const found = Object.entries(statuses).find(([, state]) => state === statecode);
  return found ? { statuscode: Number(found[0]) } : {};
};

/** Changes a row: the whole body is checked before anything is kept. */
export const update = (
  environment: Environment,
  table: Table,
  row: Row,
  { body, writer = 'caller' }: { body: Body; writer?: Writer },
): Row => {
  if (writer === 'caller') checkWrite(environment, table);
  const given = valuesOf(environment, table, body);
  const values = { ...row.values, ...given, ...statusFor(table, given), ...ofDocument(given) };
  checkClosed(table, row, given);
  checkStatus(table, values);
  checkDocument(environment, given);
  checkUnique(environment, table, row.id, values);
  const changed = { ...row, values: { ...values, ...ownColumns(environment, writer) } };
  const columns = Object.keys(given).sort();
  const effect = writer === 'caller' ? { changed: table.name, id: row.id, columns } : null;
  return keep(environment, table, changed, { message: 'Update', effect });
};

/** Deletes a row; change tracking tells it. */
export const remove = (environment: Environment, table: Table, row: Row): void => {
  environment.version += 1;
  rowsOf(environment, table).delete(row.id);
  environment.deletions.push({ set: table.set, id: row.id, version: environment.version });
};
