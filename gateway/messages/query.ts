import { Refusal } from '#intake/refusal.js';

/** A query string as Fastify parses it: a name that stands twice has a list. */
export type Query = Readonly<Record<string, unknown>>;

const badQuery = (name: string, key: string): Refusal =>
  new Refusal('bad-query', 400, {
    reasons: [{ pointer: `/${name}`, code: 'format', text: { key, params: {} } }],
  });

/** Throws 400 for a name that does not exist here or stands twice, and for a value with U+0000, which no text in a database can hold. */
export const requireNames = (query: Query, names: readonly string[]): void => {
  for (const [name, value] of Object.entries(query)) {
    if (!names.includes(name)) throw badQuery(name, 'door.query-unknown');
    if (typeof value !== 'string' || value.includes('\0')) throw badQuery(name, 'door.query-value');
  }
};

export const textIn = (query: Query, name: string): string | null => {
  const value = query[name];
  return typeof value === 'string' ? value : null;
};

/** The value of `name` where `accepts` it, null where it is not there. Throws 400 otherwise. */
export const checkedIn = <T>(
  query: Query,
  name: string,
  read: (text: string) => T | null,
): T | null => {
  const text = textIn(query, name);
  if (text === null) return null;
  const value = read(text);
  if (value === null) throw badQuery(name, 'door.query-value');
  return value;
};

/** Reads a whole number within bounds. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number | null => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : null;
  };
