const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Name in a `{ secret: name }`; null for anything else. */
export const secretNameIn = (value: unknown): string | null =>
  isObject(value) && Object.keys(value).length === 1 && typeof value['secret'] === 'string'
    ? value['secret']
    : null;

/** Names of all secrets that settings refer to, each once. */
export const namesOfSecrets = (settings: unknown): string[] => {
  const name = secretNameIn(settings);
  if (name !== null) return [name];
  if (typeof settings !== 'object' || settings === null) return [];
  return [...new Set(Object.values(settings).flatMap(namesOfSecrets))];
};

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
