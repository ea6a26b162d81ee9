import type { Json } from '../message.js';

/** Text in markup that must never arrive as markup. */
export const markup = '<script>alert("lb-bus")</script><img src=x onerror=alert(1)>';

const bomb = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]><a>&d;&d;&d;</a>';

/** Texts that programs stumble over. */
export const hostileTexts: readonly string[] = [
  markup,
  bomb,
  'x'.repeat(10_000),
  // The longest that a title may be, without a space and in characters of two units.
  'y'.repeat(255),
  '𝔭'.repeat(255),
  `${'woord '.repeat(40)}${'🧑‍🚒'.repeat(60)}`,
  ' ',
  '-',
  '🕳️ فتحة في الطريق λακκούβα 路上的坑 яма',
  '\u202eevil\u202c \u0007\u0008 \u200b z͑͗a̴l̵g̷o̸',
  "'; drop table incidents; -- ' or '1'=='1",
  "x');id!=null,(number=='1",
  '${7*7} {{7*7}} %s %n %00 ../../etc/passwd',
  '{"a": [1,',
  '<a><b></a>',
  'line\r\nInjected: header\r\n\r\nbody',
];

type Path = readonly (string | number)[];

const leavesOf = (value: Json, path: Path = []): Path[] => {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((one, index) => [index, one])
    : Object.entries(value);
  return entries.flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
};

const replaced = (value: Json, path: Path, text: string): Json => {
  const [name, ...rest] = path;
  if (name === undefined) return text;
  if (Array.isArray(value))
    return value.map((one, index) => (index === name ? replaced(one, rest, text) : one));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [name]: replaced(value[name] ?? null, rest, text) };
};

/** The data with one text replaced by `text`, once for each place where `isValid` still holds; then with all of those. */
export const variantsOf = (
  data: Json,
  text: string,
  isValid: (data: Json) => boolean,
): { readonly single: Json[]; readonly all: Json } => {
  const paths = leavesOf(data)
    .filter((path) => !String(path.at(-1)).startsWith('@'))
    .filter((path) => isValid(replaced(data, path, text)));
  return {
    single: paths.map((path) => replaced(data, path, text)),
    all: paths.reduce((before, path) => replaced(before, path, text), data),
  };
};
