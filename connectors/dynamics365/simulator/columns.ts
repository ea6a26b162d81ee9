import { Refused, rowsOf } from './state.js';
import type { Environment, Row, Value } from './state.js';
import { tableOf } from './tables.js';
import type { Column, Table } from './tables.js';

type Body = Readonly<Record<string, unknown>>;

const payload = (message: string): Refused =>
  new Refused(
    400,
    '0x80048d19',
    `Error identified in Payload provided by the user for Entity :'', InnerException : Microsoft.OData.ODataException: ${message}`,
  );

const typed: Readonly<Record<Column['type'], (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Memo: (value) => typeof value === 'string',
  EntityName: (value) => typeof value === 'string',
  Uniqueidentifier: (value) => typeof value === 'string',
  DateTime: (value) => typeof value === 'string',
  Picklist: Number.isInteger,
  State: Number.isInteger,
  Status: Number.isInteger,
  Integer: Number.isInteger,
  Decimal: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
};

const checkText = (name: string, text: string, table: Table, maxLength: number): void => {
  // What XML 1.0 cannot hold.
  if (/[\p{Cs}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/u.test(text))
    throw new Refused(400, '0x80040278', `Invalid character in field '${name}'.`);
  if (text.length > maxLength)
    throw new Refused(
      400,
      '0x80044331',
      `A validation error occurred.  The length of the '${name}' attribute of the '${table.name}' entity exceeded the maximum allowed length of '${maxLength}'.`,
    );
};

const checkRange = (
  table: Table,
  name: string,
  value: number,
  options: readonly number[],
): void => {
  if (options.includes(value)) return;
  throw new Refused(
    400,
    '0x8004431a',
    `A validation error occurred. The value ${value} of '${name}' on record of type '${table.name}' is outside the valid range.`,
  );
};

const checkValue = (table: Table, name: string, value: unknown): void => {
  const column = table.columns[name];
  if (!column || column.writable === false) throw undeclared(table, name);
  if (value === null) return;
  if (!typed[column.type](value))
    throw payload(`Cannot convert the literal of '${name}' to the expected type '${column.type}'.`);
  if (typeof value === 'string') checkText(name, value, table, column.maxLength ?? Infinity);
  if (column.options) checkRange(table, name, Number(value), column.options);
};

const undeclared = ({ name: table }: Table, name: string): Refused =>
  payload(
    `Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${table}'. An undeclared property which only has property annotations in the payload but no property value was found.`,
  );

/** The row that an address such as `/contacts(<guid>)` or `/contacts(lb_externalid='x')` names; null where there is none. */
export const rowAt = (environment: Environment, address: string): Row | null => {
  const [, set = '', key = ''] = /^\/?(\w+)\((.+)\)$/.exec(address) ?? [];
  const table = tableOf(set);
  if (!table) throw new Refused(404, '0x80060888', `Resource not found for the segment '${set}'.`);
  return rowWith(environment, table, keyIn(environment, table, key));
};

export interface Key {
  readonly column: string;
  readonly value: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const wrongKey = ({ name }: Table): Refused => {
  const resource = `'Microsoft.Dynamics.CRM.${name}'`;
  const message = `The key in the request URI is not valid for resource ${resource}. Ensure that the names and number of key properties match the declared or alternate key properties for the resource ${resource}.`;
  return new Refused(400, '0x80060888', message);
};

/** The key in brackets: the id, or the alternate key, which only takes values without reserved characters. */
export const keyIn = ({ flaws }: Environment, table: Table, text: string): Key => {
  if (guid.test(text)) return { column: table.id, value: text.toLowerCase() };
  const [, column, quoted] = /^(\w+)='((?:[^']|'')*)'$/.exec(text) ?? [];
  const isKey = column === table.key && !flaws.has('no-key');
  if (column === undefined || quoted === undefined || !isKey) throw wrongKey(table);
  if (/[/<>*%&:\\?+#]/.test(quoted))
    throw new Refused(400, '0x80060888', 'Bad Request - Error in query syntax.');
  return { column, value: quoted.replaceAll("''", "'") };
};

export const rowWith = (environment: Environment, table: Table, key: Key): Row | null =>
  [...rowsOf(environment, table).values()].find(
    ({ values }) => String(values[key.column]).toLowerCase() === key.value.toLowerCase(),
  ) ?? null;

const bound = (
  environment: Environment,
  table: Table,
  [name, value]: readonly [string, unknown],
): Record<string, Value> => {
  const binding = table.bindings[name];
  if (!binding) throw undeclared(table, name);
  const address = String(value);
  if (!address.replace(/^\//, '').startsWith(`${binding.set}(`))
    throw payload(`'${address}' is no address of ${binding.set}.`);
  const row = rowAt(environment, address);
  if (!row)
    throw new Refused(
      404,
      '0x80040217',
      `${binding.set.slice(0, -1)} With Ids = ${address} Do Not Exist`,
    );
  return {
    [binding.lookup]: row.id,
    ...(table.name === 'annotation' && { objecttypecode: binding.set.slice(0, -1) }),
  };
};

/** The columns that a body sets, each checked for its type, length and range. */
export const valuesOf = (
  environment: Environment,
  table: Table,
  body: Body,
): Record<string, Value> => {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.endsWith('@odata.bind')) {
      const navigation = name.slice(0, -'@odata.bind'.length);
      Object.assign(values, bound(environment, table, [navigation, value]));
      continue;
    }
    if (name.startsWith('@')) continue;
    checkValue(table, name, value);
    values[name] = value as Value;
  }
  return values;
};
