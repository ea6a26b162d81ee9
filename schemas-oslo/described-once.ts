import { isDeepStrictEqual } from 'node:util';
import { pointerTo, violation, type Violation } from './violations.js';

type Node = Record<string, unknown>;

interface Found {
  readonly node: Node;
  readonly pointer: string;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** A value of which a repeat says nothing new: text, text in a language, a reference. */
const isFlat = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isFlat);
  if (!isNode(value)) return true;
  return '@id' in value || '@value' in value;
};

const isSameDescription = (a: Node, b: Node): boolean =>
  Object.values(a).every(isFlat) && isDeepStrictEqual(a, b);

const isDescription = (node: Node): boolean => {
  if (typeof node['@id'] !== 'string') return false;
  for (const key in node) if (!key.startsWith('@')) return true;
  return false;
};

const visit = (found: Found, described: Map<string, Found>): Violation[] => {
  const { node, pointer } = found;
  const id = String(node['@id']);
  const earlier = isDescription(node) ? described.get(id) : undefined;
  if (earlier && !isSameDescription(earlier.node, node))
    return [violation(pointerTo(pointer, '@id'), 'cardinality.described-once')];
  if (isDescription(node)) described.set(id, found);
  return Object.entries(node).flatMap(([key, value]) =>
    isNode(value) ? visit({ node: value, pointer: pointerTo(pointer, key) }, described) : [],
  );
};

/** Quick, for the many messages in which every description has its own `@id`. */
const hasRepeat = (node: Node, described: Set<unknown>): boolean => {
  const size = described.size;
  if (isDescription(node) && described.add(node['@id']).size === size) return true;
  for (const key in node) {
    const value = node[key];
    if (isNode(value) && hasRepeat(value, described)) return true;
  }
  return false;
};

/**
 * Things that are described twice under one `@id`: in the graph (RDF) they are one thing, which would then have two
 * titles or two names. Repeating a flat description word for word is allowed; elsewhere a reference does.
 * For data that the schema accepts only: that bounds its depth.
 */
export const describedTwice = (data: unknown): Violation[] =>
  isNode(data) && hasRepeat(data, new Set())
    ? visit({ node: data, pointer: '/data' }, new Map())
    : [];
