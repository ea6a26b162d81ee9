import { namesIn } from '#tenants/burgerprofiel/form.js';
import type { Places } from '#tenants/burgerprofiel/places.js';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a JSON pointer; undefined where nothing does. */
export const pieceAt = (value: unknown, pointer: string): unknown => {
  let found = value;
  for (const name of namesIn(pointer))
    found = isNode(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
};

/** A text or number at a JSON pointer as text; null where there is none that says something. */
export const textAt = (value: unknown, pointer: string): string | null => {
  const found = pieceAt(value, pointer);
  const text = typeof found === 'number' ? String(found) : found;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
};

const place = (into: Node, pointer: string, value: unknown): void => {
  const names = [...namesIn(pointer)];
  const last = names.pop() ?? '';
  let node = into;
  for (const name of names) {
    const next = Object.hasOwn(node, name) ? node[name] : undefined;
    const inner: Node = isNode(next) ? next : {};
    node[name] = inner;
    node = inner;
  }
  node[last] = value;
};

/** An object that has each piece at its place; a piece that is undefined or null is left out. */
export const placed = <K extends string>(
  pieces: Readonly<Partial<Record<K, unknown>>>,
  usual: Places<K>,
  moved: Partial<Record<K, string>> = {},
): Node => {
  const made: Node = {};
  for (const [key, pointer] of Object.entries({ ...usual, ...moved }) as [K, string][])
    if (pieces[key] !== undefined && pieces[key] !== null) place(made, pointer, pieces[key]);
  return made;
};
