/** Values by their place (RFC 6901), for all that is no list or object, or is empty. */
export type Places = ReadonlyMap<string, unknown>;

const isBranch = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const keyText = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Every value of a JSON value by its place. */
export const placesOf = (value: unknown, pointer = ''): Places => {
  if (!isBranch(value)) return new Map([[pointer, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, part]) => [
      ...placesOf(part, `${pointer}/${keyText(key)}`),
    ]),
  );
};

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What makes one part the other: the new value, null where it went, undefined where it is the same. */
const partBetween = (from: JsonObject, to: JsonObject, key: string): unknown => {
  if (!Object.hasOwn(to, key)) return null;
  return Object.hasOwn(from, key) ? patchBetween(from[key], to[key]) : to[key];
};

/**
 * The JSON merge patch (RFC 7396) that makes one value the other; undefined where they are the same. Only what differs is in
 * it: what was masked and is left alone stays as it is.
 */
export const patchBetween = (from: unknown, to: unknown): unknown => {
  if (!isObject(from) || !isObject(to))
    return JSON.stringify(from) === JSON.stringify(to) ? undefined : to;
  const patch = new Map<string, unknown>();
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const part = partBetween(from, to, key);
    if (part !== undefined) patch.set(key, part);
  }
  return patch.size === 0 ? undefined : Object.fromEntries(patch);
};

/** A JSON value that was written, or in which line it is none. */
export type Written =
  | { readonly value: unknown; readonly wrong: null }
  | { readonly value: undefined; readonly wrong: string };

export const readWritten = (text: string): Written => {
  try {
    return { value: JSON.parse(text) as unknown, wrong: null };
  } catch (error) {
    return { value: undefined, wrong: error instanceof Error ? error.message : String(error) };
  }
};

interface Walk {
  readonly lines: Map<string, number>;
  line: number;
}

const walk = (value: unknown, pointer: string, at: Walk): void => {
  at.lines.set(pointer, at.line);
  if (!isBranch(value)) return;
  for (const [key, part] of Object.entries(value)) {
    at.line += 1;
    walk(part, `${pointer}/${keyText(key)}`, at);
  }
  at.line += 1;
};

/**
 * The line, from 1, of a place in a value as `JSON.stringify(value, null, 2)` writes it; that of what holds it where the place
 * itself is missing.
 */
export const lineOf = (value: unknown, pointer: string): number => {
  const at: Walk = { lines: new Map(), line: 1 };
  walk(value, '', at);
  for (let place = pointer; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    const line = at.lines.get(place);
    if (line !== undefined) return line;
  }
  return 1;
};
