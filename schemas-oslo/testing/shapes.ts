import rdf from '@zazuko/env-node';
import { Store, type Term } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { shapesOf } from '../catalogue.js';
import { parse, type Graph } from './graph.js';

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

/** The validator looks up by pattern all the time: in an indexed store that costs a tenth of a scan. */
const indexed = Object.assign(Object.create(rdf) as typeof rdf, {
  dataset: (quads?: never[]) => new Store(quads),
});

const local = (iri: string): string => iri.replace(/^.*[#/:]/, '');

export interface Shapes {
  /** Names of all constraints: `<shape> <path> <component>`. */
  readonly constraints: ReadonlySet<string>;
  /** Names of the constraints that a graph breaks; none where it conforms. */
  readonly brokenBy: (graph: Graph) => Promise<Set<string>>;
}

const nameIn =
  (graph: Graph) =>
  (shape: Term, component: string): string => {
    const [path] = graph.getObjects(shape, `${sh}path`, null);
    const node = graph.getSubjects(`${sh}property`, shape, null)[0] ?? shape;
    return [local(node.value), path ? local(path.value) : '-', local(component)].join(' ');
  };

const constraintsOf = (graph: Graph): Set<string> => {
  const name = nameIn(graph);
  const nodes = graph.getSubjects(`${sh}targetClass`, null, null);
  const properties = nodes.flatMap((node) => graph.getObjects(node, `${sh}property`, null));
  const found = new Set<string>();
  for (const shape of [...nodes, ...properties]) {
    for (const { value } of graph.getPredicates(shape, null, null)) {
      const component = components.get(value);
      if (component) found.add(name(shape, component));
      if (!component && value.startsWith(sh) && !noConstraint.has(value))
        throw new Error(`the tests do not know ${value}`);
    }
  }
  return found;
};

/** The shapes of a message type, ready to try on graphs. */
export const shapesFor = (type: string): Shapes => {
  const graph = parse(shapesOf(type) ?? '');
  const name = nameIn(graph);
  // Without `maxErrors`: with it the validator keeps state and refuses good graphs after a bad one.
  const validator = new SHACLValidator(graph, { factory: indexed });
  const brokenBy = async (data: Graph): Promise<Set<string>> => {
    const report = await validator.validate(data);
    const names = report.results.map(({ sourceShape, sourceConstraintComponent }) =>
      name(sourceShape as Term, sourceConstraintComponent.value),
    );
    return new Set(names);
  };
  return { constraints: constraintsOf(graph), brokenBy };
};
