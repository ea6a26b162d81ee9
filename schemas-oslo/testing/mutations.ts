export type Path = readonly (string | number)[];
type Container = Record<string | number, unknown>;

/** A way to break a value: gives its replacement, or `removed`. */
export interface Mutation {
  readonly name: string;
  /** One of the few that together break every constraint of the shapes. */
  readonly breaksShapes?: true;
  readonly of: (value: unknown) => unknown;
}

const removed = Symbol('removed');
const elsewhere = { '@id': 'urn:voorbeeld:elders' };
const inFrench = { '@value': 'autrement', '@language': 'fr' };

const besides = (value: unknown, other: unknown): unknown[] =>
  Array.isArray(value) ? [...(value as unknown[]), other] : [value, other];

export const mutations: readonly Mutation[] = [
  { name: 'removed', breaksShapes: true, of: () => removed },
  { name: 'null', of: () => null },
  { name: 'number', breaksShapes: true, of: () => 5 },
  { name: 'text', of: () => 'anders' },
  { name: 'blank text', breaksShapes: true, of: () => ' ' },
  { name: 'an IRI as text', of: () => 'urn:voorbeeld:elders' },
  { name: 'text in a language', breaksShapes: true, of: () => inFrench },
  { name: 'a literal of another type', of: () => ({ '@value': '1', '@type': 'xsd:integer' }) },
  { name: 'a reference', of: () => elsewhere },
  {
    name: 'a thing of another class',
    breaksShapes: true,
    of: () => ({ '@type': 'GestructureerdeIdentificator' }),
  },
  { name: 'no items', of: () => [] },
  { name: 'a text more', breaksShapes: true, of: (value) => besides(value, 'anders') },
  { name: 'a text in a language more', of: (value) => besides(value, inFrench) },
  { name: 'a reference more', breaksShapes: true, of: (value) => besides(value, elsewhere) },
  { name: 'an IRI as text more', of: (value) => besides(value, 'urn:voorbeeld:elders') },
  {
    name: 'a thing of its class more',
    of: (value) => besides(value, { ...(value as object), '@id': 'urn:voorbeeld:nieuw' }),
  },
];

/** Every place in a value down to a depth, without that of the value itself. */
export const placesIn = (value: unknown, depth = Infinity, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    return [place, ...placesIn(child, depth - 1, place)];
  });
};

const at = (data: unknown, place: Path): unknown =>
  place.reduce((node, key) => (node as Container)[key], data);

/** A copy of `data` in which the value at one place is broken in one way. */
export const mutated = (data: unknown, place: Path, mutation: Pick<Mutation, 'of'>): unknown => {
  const copy: unknown = structuredClone(data);
  const parent = at(copy, place.slice(0, -1));
  const key = place.at(-1) ?? '';
  const value = mutation.of((parent as Container)[key]);
  if (value !== removed) (parent as Container)[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent as Container, key);
  return copy;
};

/** What is left of `data` when everything goes that a place does not need: small graphs are quick. */
export const pruned = (
  data: unknown,
  place: Path,
  isAccepted: (data: unknown) => boolean,
): { data: unknown; place: Path } => {
  let rest = data;
  let path = place;
  const keep = (candidate: unknown, where: Path): void => {
    if (!isAccepted(candidate)) return;
    rest = candidate;
    path = where;
  };
  place.forEach((key, depth) => {
    const parent = at(rest, path.slice(0, depth));
    if (Array.isArray(parent)) {
      const item: unknown = parent[Number(key)];
      const alone = mutated(rest, path.slice(0, depth), { of: () => [item] });
      keep(alone, path.with(depth, 0));
      return;
    }
    for (const sibling of Object.keys(parent as Container))
      if (sibling !== key)
        keep(mutated(rest, [...path.slice(0, depth), sibling], { of: () => removed }), path);
  });
  return { data: rest, place: path };
};
