import type { RJSFSchema, UiSchema } from '@rjsf/utils';

/** Words for a name of the settings: `baseUrl` becomes `Base url` where no text has it. */
export const readable = (name: string): string => {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
};

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a form says of the field at a path of the settings, such as `categories.*.line`. */
interface FieldWords {
  readonly titleOf: (name: string) => string;
  /** `described` is what the schema says. */
  readonly hintOf: (path: string, described: string) => string;
}

/** Under these lies what may stand there many times. */
const repeated = new Set(['items', 'additionalProperties']);

const eachOf = (nodes: Node, of: (name: string, node: Node) => Node): Node =>
  Object.fromEntries(
    Object.entries(nodes).map(([name, node]) => [name, isNode(node) ? of(name, node) : node]),
  );

const worded = (schema: Node, words: FieldWords, path: readonly string[]): Node => {
  const below = (name: string, node: Node): Node => worded(node, words, [...path, name]);
  const partOf = (key: string, value: unknown): unknown => {
    if (key === 'description' && typeof value === 'string')
      return words.hintOf(path.join('.'), value);
    if (!isNode(value) || key === 'default') return value;
    if (key === 'properties')
      return eachOf(value, (name, node) => ({
        title: words.titleOf(name),
        ...below(name, node),
      }));
    if (key === 'patternProperties') return eachOf(value, (_, node) => below('*', node));
    return repeated.has(key) ? below('*', value) : value;
  };
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, partOf(key, value)]),
  );
};

/** The schema of settings with a title and words in the reader's language for each field. */
export const withWords = (schema: object, words: FieldWords): RJSFSchema =>
  worded(schema as Node, words, []);

/** How the form shows fields that are not what their type says: secrets, and texts of several lines. */
export const uiOf = (schema: object, secrets: readonly string[]): UiSchema => {
  const { properties } = schema as { properties?: Record<string, { maxLength?: number }> };
  const long = Object.entries(properties ?? {}).filter(
    ([, { maxLength = 0 }]) => maxLength > 2_048,
  );
  return {
    'ui:submitButtonOptions': { norender: true },
    ...Object.fromEntries(long.map(([name]) => [name, { 'ui:widget': 'textarea' }])),
    ...Object.fromEntries(secrets.map((name) => [name, { 'ui:field': 'secret' }])),
  };
};
