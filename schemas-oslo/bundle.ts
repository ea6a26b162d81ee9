import { dirname, resolve } from 'node:path';
import { codelist } from './codelists.js';
import { readJson } from './files.js';

export type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

const valuesOf = (name: string): string[] => {
  const list = codelist(name);
  if (!list) throw new Error(`schemas-oslo: no code list ${name}`);
  return list.concepts.map((concept) => concept['@id']);
};

const definition = (file: string, name: string): Schema => {
  const found = (readJson(file) as { $defs: Schema }).$defs[name];
  if (!isSchema(found)) throw new Error(`schemas-oslo: ${file} does not define ${name}`);
  return found;
};

/**
 * One schema file with everything it refers to, as a document of its own: `$ref`s become `#/$defs/<name>`, and
 * `codelist` gets the `enum` of its concepts. Throws where two files define the same name differently.
 */
export const bundle = (file: string, id: string): Schema => {
  const definitions: Schema = {};
  const owners = new Map<string, string>();

  const take = (target: string, name: string): string => {
    const owner = owners.get(name) ?? target;
    if (owner !== target) throw new Error(`schemas-oslo: ${name} is defined twice`);
    if (!owners.has(name)) {
      owners.set(name, target);
      definitions[name] = rewrite(definition(target, name), target);
    }
    return `#/$defs/${name}`;
  };

  const refer = (reference: string, from: string): string => {
    const [path = '', pointer = ''] = reference.split('#');
    return take(path ? resolve(dirname(from), path) : from, pointer.replace('/$defs/', ''));
  };

  const member = (key: string, value: unknown, from: string): [string, unknown][] => {
    if (key === '$ref') return [[key, refer(String(value), from)]];
    if (key === 'codelist')
      return [
        [key, value],
        ['enum', valuesOf(String(value))],
      ];
    return [[key, rewrite(value, from)]];
  };

  const rewrite = (node: unknown, from: string): unknown => {
    if (Array.isArray(node)) return node.map((each) => rewrite(each, from));
    if (!isSchema(node)) return node;
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, value]) => member(key, value, from)),
    );
  };

  const root = rewrite(readJson(file), file) as Schema;
  const sorted = Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1));
  return { $id: id, ...root, $defs: Object.fromEntries(sorted) };
};
