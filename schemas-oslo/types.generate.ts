import { compile } from 'json-schema-to-typescript';
import { codelist, codelistNames, contextNames, messageTypes, schemaOf } from './catalogue.js';

type Node = Record<string, unknown>;

const banner =
  '// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.\n';

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const named = (definitions: Node, reference: unknown): Node =>
  definitions[String(reference).replace('#/$defs/', '')] as Node;

/** The compiler needs alternatives where the schema chooses with `if`; a branch without a shape only refuses. */
const branches = (node: Node): Node[] =>
  [node['then'], node['else']]
    .filter(isNode)
    .flatMap((branch) => ('if' in branch ? branches(branch) : [branch]))
    .filter((branch) => '$ref' in branch || 'type' in branch || 'enum' in branch);

const merged = (node: Node, definitions: Node): Node => {
  const base = named(definitions, node['$ref']);
  const required = [base['required'], node['required']].flat().filter((name) => name !== undefined);
  const own = isNode(node['properties']) ? node['properties'] : {};
  const properties = { ...(base['properties'] as Node) };
  for (const [name, rule] of Object.entries(own))
    properties[name] = { ...(properties[name] as Node), ...(rule as Node) };
  return {
    title: node['title'],
    description: node['description'],
    type: 'object',
    required,
    properties,
    additionalProperties: false,
  };
};

const rulesOnly = [
  '$comment',
  'violation',
  'codelist',
  'personal',
  'pattern',
  'contains',
  'dependentSchemas',
];

/** Only a list that is never empty or holds exactly one is worth a type of its own. */
const withoutRules = (node: Node): Node => {
  const isClassList = isNode(node['items']) && 'enum' in node['items'];
  const bounds = isClassList ? ['minItems', 'maxItems'] : [];
  const rules = node['maxItems'] === 1 ? rulesOnly : [...rulesOnly, ...bounds, 'maxItems'];
  return Object.fromEntries(Object.entries(node).filter(([key]) => !rules.includes(key)));
};

/** A schema that says the same to the compiler of types in the words that it knows. */
const plain = (value: unknown, definitions: Node): unknown => {
  if (Array.isArray(value)) return value.map((each) => plain(each, definitions));
  if (!isNode(value)) return value;
  if ('unevaluatedProperties' in value) return plain(merged(value, definitions), definitions);
  if ('$ref' in value) {
    const target = named(definitions, value['$ref']);
    return target['type'] === 'string' ? { type: 'string' } : { $ref: value['$ref'] };
  }
  const choices = branches(value);
  if (choices.length > 1) {
    const { description } = value;
    return { ...(description ? { description } : {}), anyOf: plain(choices, definitions) };
  }
  const rest = Object.entries(withoutRules(value)).filter(([key]) => !/^(if|then|else)$/.test(key));
  return Object.fromEntries(rest.map(([key, each]) => [key, plain(each, definitions)]));
};

/** Interfaces as type aliases: only those fit where any record of JSON is asked. */
const asAliases = (source: string): string =>
  source.replace(/^export interface (\w+) \{\n([\s\S]*?)^\}$/gm, 'export type $1 = {\n$2};');

const typesOfSubject = async (subject: string): Promise<string> => {
  const schemas = [...messageTypes.values()]
    .filter(({ context }) => context === subject)
    .map(({ type }) => schemaOf(type) as Node);
  const definitions = Object.assign({}, ...schemas.map(({ $defs }) => $defs)) as Node;
  const roots = schemas.map((schema) => {
    const root = { ...schema };
    delete root['$defs'];
    delete root['$id'];
    delete root['$schema'];
    return [String(schema['title']), root] as const;
  });
  const all: Node = { ...definitions, ...Object.fromEntries(roots) };
  const kept = Object.entries(all).filter(
    ([name, node]) => (node as Node)['type'] !== 'string' && !/gegevens$/.test(name),
  );
  const $defs = Object.fromEntries(kept.map(([name, node]) => [name, plain(node, all)]));
  const anyOf = roots.map(([name]) => ({ $ref: `#/$defs/${name}` }));
  const title = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}`;
  const source = await compile({ $defs, anyOf, title }, title, {
    additionalProperties: false,
    bannerComment: banner,
    unreachableDefinitions: true,
    style: { printWidth: 100, singleQuote: true, trailingComma: 'all' },
  });
  return asAliases(source);
};

const constantsOf = (name: string): string => {
  const list = codelist(name);
  const lines = (list?.concepts ?? []).map(
    (concept) => `  /** ${concept.label.nl} */\n  ${concept.name}: '${concept['@id']}',\n`,
  );
  const constant = name.charAt(0).toLowerCase() + name.slice(1);
  return `${banner}\n/** ${list?.['@id'] ?? ''} */\nexport const ${constant} = {\n${lines.join('')}} as const;\n`;
};

/** The TypeScript types of every subject and the constants of every code list, by path from the root. */
const generate = async (): Promise<Record<string, string>> => {
  const files: Record<string, string> = {};
  for (const subject of contextNames)
    files[`schemas-oslo/generated/${subject}.ts`] = await typesOfSubject(subject);
  for (const name of codelistNames) files[`schemas-oslo/generated/${name}.ts`] = constantsOf(name);
  return files;
};

export default generate;
