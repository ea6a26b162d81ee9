const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Name in a `{ secret: name }`; null for anything else. */
const secretNameIn = (value: unknown): string | null =>
  isObject(value) && Object.keys(value).length === 1 && typeof value['secret'] === 'string'
    ? value['secret']
    : null;

/** Every `{ secret: name }` in settings, with the way to it. */
export const secretPlaces = (
  value: unknown,
  path: readonly string[] = [],
): readonly { readonly name: string; readonly path: readonly string[] }[] => {
  const name = secretNameIn(value);
  if (name !== null) return [{ name, path }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([part, inner]) => secretPlaces(inner, [...path, part]));
};

/** Names of all secrets that settings refer to, each once. */
export const namesOfSecrets = (settings: unknown): string[] => [
  ...new Set(secretPlaces(settings).map(({ name }) => name)),
];

const replaced = (value: unknown, valueOf: (name: string) => string): unknown => {
  const name = secretNameIn(value);
  if (name !== null) return valueOf(name);
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(one, valueOf));
  return isObject(value) ? fillSecrets(value, valueOf) : value;
};

/** The same settings with each `{ secret: name }` replaced by its value. */
export const fillSecrets = (
  settings: Readonly<Record<string, unknown>>,
  valueOf: (name: string) => string,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, replaced(value, valueOf)]),
  );
