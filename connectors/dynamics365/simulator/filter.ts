import { Refused } from './state.js';
import type { Row, Value } from './state.js';
import type { Column, Table } from './tables.js';

type Test = (row: Row) => boolean;

const bad = (message: string): Refused => new Refused(400, '0x80060888', message);

const token =
  /\s*(?:(\(|\))|('(?:[^']|'')*')|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(\d{4}-\d\d-\d\dT[\d:.]+Z)|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w]*))/iy;

interface Token {
  readonly kind: 'bracket' | 'text' | 'guid' | 'date' | 'number' | 'word';
  readonly text: string;
}

const kinds = ['bracket', 'text', 'guid', 'date', 'number', 'word'] as const;

const tokensOf = (filter: string): Token[] => {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < filter.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(filter);
    const groups: (string | undefined)[] = match?.slice(1) ?? [];
    const index = groups.findIndex((group) => group !== undefined);
    const kind = kinds[index];
    if (!match || !kind) throw bad(`Syntax error at position ${at} in '${filter}'.`);
    found.push({ kind, text: match[index + 1] ?? '' });
  }
  return found;
};

const kindsFor: Readonly<Record<Column['type'], readonly Token['kind'][]>> = {
  String: ['text'],
  Memo: ['text'],
  EntityName: ['text'],
  Picklist: ['number'],
  State: ['number'],
  Status: ['number'],
  Integer: ['number'],
  Decimal: ['number'],
  Uniqueidentifier: ['guid'],
  DateTime: ['date'],
  Boolean: ['word'],
};

const literalOf = ({ kind, text }: Token): Value => {
  if (kind === 'number') return Number(text);
  if (kind === 'text') return text.slice(1, -1).replaceAll("''", "'");
  if (kind === 'word') return text === 'true';
  return text.toLowerCase();
};

/** Texts are compared without regard to case, as SQL Server does by default. */
const comparable = (value: Value | undefined): Value =>
  typeof value === 'string' ? value.toLowerCase() : (value ?? null);

const operators: Readonly<Record<string, (one: Value, other: Value) => boolean>> = {
  eq: (one, other) => one === other,
  ne: (one, other) => one !== other,
  gt: (one, other) => one !== null && other !== null && one > other,
  ge: (one, other) => one !== null && other !== null && one >= other,
  lt: (one, other) => one !== null && other !== null && one < other,
  le: (one, other) => one !== null && other !== null && one <= other,
};

/** `$filter` of the Web API, as far as comparisons, `and`, `or` and brackets go; the rest is refused. */
export const filterOf = (filter: string, table: Table): Test => {
  const tokens = tokensOf(filter);
  const next = (): Token => tokens.shift() ?? { kind: 'word', text: '' };
  const comparison = (): Test => {
    const name = next();
    const column = Object.hasOwn(table.columns, name.text) ? table.columns[name.text] : undefined;
    if (!column)
      throw bad(
        `Could not find a property named '${name.text}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`,
      );
    const operator = operators[next().text];
    const operand = next();
    const isNull = operand.text === 'null' && operand.kind === 'word';
    if (!operator) throw bad(`Syntax error in '${filter}'.`);
    if (!isNull && !kindsFor[column.type].includes(operand.kind))
      throw bad('A binary operator with incompatible types was detected.');
    const literal = isNull ? null : comparable(literalOf(operand));
    return ({ values }) => operator(comparable(values[name.text]), literal);
  };
  const term = (): Test => {
    if (tokens[0]?.text !== '(') return comparison();
    next();
    const inner = either();
    if (next().text !== ')') throw bad(`Syntax error in '${filter}': a bracket is not closed.`);
    return inner;
  };
  const both = (): Test => {
    const tests = [term()];
    while (tokens[0]?.text === 'and') tests.push((next(), term()));
    return (row) => tests.every((test) => test(row));
  };
  const either = (): Test => {
    const tests = [both()];
    while (tokens[0]?.text === 'or') tests.push((next(), both()));
    return (row) => tests.some((test) => test(row));
  };
  const whole = either();
  if (tokens.length > 0) throw bad(`Syntax error in '${filter}': ${tokens[0]?.text ?? ''}.`);
  return whole;
};
