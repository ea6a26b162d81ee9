import { schemaOf } from './catalogue.js';

/** Of which nature something of a person is, as `personal` in a schema says; `unknown` is what no schema describes. */
export const personalKinds = [
  'number',
  'name',
  'contact',
  'address',
  'life',
  'place',
  'words',
  'unknown',
] as const;

export type PersonalKind = (typeof personalKinds)[number];

/** One value that is of a person. */
export interface PersonalPlace {
  /** RFC 6901, from the data. */
  readonly pointer: string;
  readonly kind: PersonalKind;
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const nodesIn = (value: unknown): Node[] => [value].flat().filter(isNode);

/** Everything that a schema may say of a value, whichever way it chooses: rather too much is hidden than too little. */
const expanded = (node: Node, root: Node, seen: readonly Node[] = []): Node[] => {
  if (seen.includes(node)) return [];
  const { $ref: reference } = node;
  const { $defs: definitions } = root;
  const name = typeof reference === 'string' ? reference.replace('#/$defs/', '') : '';
  const named = isNode(definitions) ? definitions[name] : undefined;
  const parts = [named, node['then'], node['else'], node['allOf'], node['anyOf'], node['oneOf']];
  return [node, ...parts.flatMap(nodesIn).flatMap((part) => expanded(part, root, [...seen, node]))];
};

const kindIn = (nodes: readonly Node[]): PersonalKind | undefined =>
  personalKinds.find((kind) => nodes.some((node) => node['personal'] === kind));

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Says of which class or language something is, never what it is. */
const telling = new Set(['@context', '@type', '@language']);

/** Identifies a thing: no number of a person may stand in it. */
const identifying = '@id';

interface At {
  readonly pointer: string;
  readonly nodes: readonly Node[];
  readonly kind: PersonalKind | undefined;
}

const membersOf = (value: object, { pointer, nodes, kind }: At): (At & { value: unknown })[] => {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => ({
      value: item,
      pointer: `${pointer}/${index}`,
      nodes: nodes.flatMap((node) => nodesIn(node['items'])),
      kind,
    }));
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    if (telling.has(key) || (key === identifying && kind === undefined)) return [];
    const own = nodes.flatMap((node) =>
      isNode(node['properties']) ? nodesIn(node['properties'][key]) : [],
    );
    const described = own.length > 0 || key === identifying;
    return [
      {
        value: member,
        pointer: `${pointer}/${escaped(key)}`,
        nodes: own,
        kind: kind ?? (described ? undefined : 'unknown'),
      },
    ];
  });
};

/**
 * Every value in `data` that its schema marks as of a person, deepest first to last as they stand. What the schema does not
 * describe is of a person until it is known otherwise; so is everything of an unknown type.
 */
export const personalPlaces = (type: string, data: unknown): readonly PersonalPlace[] => {
  const root = schemaOf(type);
  const places: PersonalPlace[] = [];
  const visit = (value: unknown, at: At): void => {
    const nodes = at.nodes.flatMap((node) => expanded(node, root ?? {}));
    const kind = at.kind ?? kindIn(nodes);
    if (isNode(value)) {
      for (const { value: member, ...place } of membersOf(value, { ...at, nodes, kind }))
        visit(member, place);
      return;
    }
    if (kind !== undefined && value !== null) places.push({ pointer: at.pointer, kind });
  };
  visit(data, { pointer: '', nodes: root ? [root] : [], kind: root ? undefined : 'unknown' });
  return places;
};
