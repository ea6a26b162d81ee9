/** FIQL as TOPdesk reads it ("FIQL query hints"): `;` is and and binds first, `,` is or, brackets group. */
export type Fiql =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Fiql[] }
  | {
      readonly kind: 'comparison';
      readonly field: string;
      readonly operator: Operator;
      readonly values: readonly Value[];
    };

export interface Value {
  readonly text: string;
  readonly quoted: boolean;
}

const operators = ['==', '!=', '=gt=', '=ge=', '=lt=', '=le=', '=sw=', '=in=', '=out='] as const;
export type Operator = (typeof operators)[number];

/** The query cannot be read. */
export class FiqlError extends Error {}

interface Reader {
  readonly text: string;
  at: number;
}

const peek = (reader: Reader): string => reader.text.charAt(reader.at);

const take = (reader: Reader, expected: string): void => {
  if (!reader.text.startsWith(expected, reader.at)) {
    throw new FiqlError(`Expected ${expected} at position ${reader.at}`);
  }
  reader.at += expected.length;
};

const quotedValue = (reader: Reader): Value => {
  const quote = peek(reader);
  let text = '';
  for (reader.at += 1; peek(reader) !== quote; reader.at += 1) {
    if (peek(reader) === '\\') reader.at += 1;
    if (reader.at >= reader.text.length) throw new FiqlError('A quoted value does not end');
    text += peek(reader);
  }
  reader.at += 1;
  return { text, quoted: true };
};

const plainValue = (reader: Reader): Value => {
  const [text = ''] = /^[^'"();,=!~<>\s]+/.exec(reader.text.slice(reader.at)) ?? [];
  if (text === '') throw new FiqlError(`Expected a value at position ${reader.at}`);
  reader.at += text.length;
  return { text, quoted: false };
};

const value = (reader: Reader): Value =>
  peek(reader) === "'" || peek(reader) === '"' ? quotedValue(reader) : plainValue(reader);

const listOf = (reader: Reader): Value[] => {
  take(reader, '(');
  const values = [value(reader)];
  while (peek(reader) === ',') {
    reader.at += 1;
    values.push(value(reader));
  }
  take(reader, ')');
  return values;
};

const comparison = (reader: Reader): Fiql => {
  const [field = ''] = /^[A-Za-z][A-Za-z0-9_.]*/.exec(reader.text.slice(reader.at)) ?? [];
  if (field === '') throw new FiqlError(`Expected a field at position ${reader.at}`);
  reader.at += field.length;
  const operator = operators.find((one) => reader.text.startsWith(one, reader.at));
  if (!operator) throw new FiqlError(`Expected an operator at position ${reader.at}`);
  reader.at += operator.length;
  const values = operator === '=in=' || operator === '=out=' ? listOf(reader) : [value(reader)];
  return { kind: 'comparison', field, operator, values };
};

const unit = (reader: Reader): Fiql => {
  if (peek(reader) !== '(') return comparison(reader);
  take(reader, '(');
  const inner = or(reader);
  take(reader, ')');
  return inner;
};

const joined = (reader: Reader, separator: ';' | ',', part: (reader: Reader) => Fiql): Fiql[] => {
  const parts = [part(reader)];
  while (peek(reader) === separator) {
    reader.at += 1;
    parts.push(part(reader));
  }
  return parts;
};

const and = (reader: Reader): Fiql => ({ kind: 'and', parts: joined(reader, ';', unit) });

function or(reader: Reader): Fiql {
  return { kind: 'or', parts: joined(reader, ',', and) };
}

/** Reads a query; throws `FiqlError` where it is none. */
export const parseFiql = (text: string): Fiql => {
  const reader = { text, at: 0 };
  const query = or(reader);
  if (reader.at < text.length) throw new FiqlError(`Unexpected text at position ${reader.at}`);
  return query;
};
