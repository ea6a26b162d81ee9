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

const isDescription = (node: Node): boolean =>
  typeof node['@id'] === 'string' && Object.keys(node).some((key) => !key.startsWith('@'));

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

/**
 * Things that are described twice under one `@id`: in the graph (RDF) they are one thing, which would then have two
 * titles or two names. Repeating a flat description word for word is allowed; elsewhere a reference does.
 * For data that the schema accepts only: that bounds its depth.
 */
export const describedTwice = (data: unknown): Violation[] =>
  isNode(data) ? visit({ node: data, pointer: '/data' }, new Map()) : [];
