import type { RJSFSchema, UiSchema } from '@rjsf/utils';

/** Words for a name of the settings: `baseUrl` becomes `Base url` where no text has it. */
export const readable = (name: string): string => {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
};

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const titledProperties = (properties: Node, titleOf: (name: string) => string): Node =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      isNode(property) ? { title: titleOf(name), ...titled(property, titleOf) } : property,
    ]),
  );

const titled = (schema: Node, titleOf: (name: string) => string): Node =>
  Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties' && isNode(value)) return [key, titledProperties(value, titleOf)];
      return [key, isNode(value) && key !== 'default' ? titled(value, titleOf) : value];
    }),
  );

/** The schema of settings with a title for each field. */
export const withTitles = (schema: object, titleOf: (name: string) => string): RJSFSchema =>
  titled(schema as Node, titleOf);

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
