import { parse, v5 } from 'uuid';

/** UUIDv5 over the JSON of a value, in a namespace: the same value always has the same. */
export const namedUuid = (namespace: string): ((value: unknown) => string) => {
  const space = parse(namespace);
  // As bytes: of a text the library makes them one by one.
  return (value) => v5(Buffer.from(JSON.stringify(value), 'utf8'), space);
};
