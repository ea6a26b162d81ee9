import rdf from '@zazuko/env-node';
import SHACLValidator from 'rdf-validate-shacl';
import { shapesOf } from '../catalogue.js';
import { parse, type Graph } from './graph.js';

type Term =
  Graph extends Iterable<infer Quad extends { subject: unknown }> ? Quad['subject'] : never;

const sh = 'http://www.w3.org/ns/shacl#';

/** Each parameter that is a constraint, with its component (SHACL section 4). */
const components = new Map(
  ['minCount', 'maxCount', 'datatype', 'class', 'nodeKind', 'in', 'pattern', 'or'].map((name) => [
    `${sh}${name}`,
    `${sh}${name.charAt(0).toUpperCase()}${name.slice(1)}ConstraintComponent`,
  ]),
).set(`${sh}qualifiedMinCount`, `${sh}QualifiedMinCountConstraintComponent`);

/** Words that say what a shape is about, or belong to a constraint above. */
const noConstraint = new Set(
  ['path', 'name', 'targetClass', 'property', 'qualifiedValueShape', 'flags'].map(
    (name) => `${sh}${name}`,
  ),
);

const local = (iri: string): string => iri.replace(/^.*[#/:]/, '');

export interface Shapes {
  /** Names of all constraints: `<shape> <path> <component>`. */
  readonly constraints: ReadonlySet<string>;
  /** Names of the constraints that a graph breaks; none where it conforms. */
  readonly brokenBy: (graph: Graph) => Promise<Set<string>>;
}

const objectsOf = (graph: Graph, subject: Term, predicate: string): Term[] =>
  [...graph.match(subject as never, rdf.namedNode(predicate))].map(({ object }) => object as Term);

const nameIn =
  (graph: Graph) =>
  (shape: Term, component: string): string => {
    const [path] = objectsOf(graph, shape, `${sh}path`);
    const owner = [...graph.match(null, rdf.namedNode(`${sh}property`), shape)];
    const node = owner[0]?.subject ?? shape;
    return [local(node.value), path ? local(path.value) : '-', local(component)].join(' ');
  };

const constraintsOf = (graph: Graph): Set<string> => {
  const name = nameIn(graph);
  const targets = [...graph.match(null, rdf.namedNode(`${sh}targetClass`))];
  const nodes = targets.map(({ subject }) => subject);
  const properties = nodes.flatMap((node) => objectsOf(graph, node, `${sh}property`));
  const found = new Set<string>();
  for (const shape of [...nodes, ...properties]) {
    for (const { predicate } of graph.match(shape)) {
      const component = components.get(predicate.value);
      if (component) found.add(name(shape, component));
      if (!component && predicate.value.startsWith(sh) && !noConstraint.has(predicate.value))
        throw new Error(`the tests do not know ${predicate.value}`);
    }
  }
  return found;
};

/** The shapes of a message type, ready to try on graphs. */
export const shapesFor = (type: string): Shapes => {
  const graph = parse(shapesOf(type) ?? '');
  const name = nameIn(graph);
  // Without `maxErrors`: with it the validator keeps state and refuses good graphs after a bad one.
  const validator = new SHACLValidator(graph, { factory: rdf });
  const brokenBy = async (data: Graph): Promise<Set<string>> => {
    const report = await validator.validate(data);
    const names = report.results.map(({ sourceShape, sourceConstraintComponent }) =>
      name(sourceShape as Term, sourceConstraintComponent.value),
    );
    return new Set(names);
  };
  return { constraints: constraintsOf(graph), brokenBy };
};
