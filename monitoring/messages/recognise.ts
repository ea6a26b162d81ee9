import { messageTypes } from '#oslo/catalogue.js';
import { messageStatuses } from './facts.js';

/** What a typed text was taken for: words that name a tenant, a type or a status, and what is left as an id of some kind. */
export interface Recognised {
  readonly tenant?: string;
  readonly type?: string;
  readonly status?: (typeof messageStatuses)[number];
  readonly key?: string;
}

const shortTypes = new Map(
  [...messageTypes.keys()].flatMap((type) => [
    [type, type],
    [type.replace(/^be\.lbbus\.(.+)\.v\d+$/, '$1'), type],
  ]),
);

const wordOf = (
  word: string,
  { tenants }: { readonly tenants: ReadonlySet<string> },
): Recognised | null => {
  const lower = word.toLowerCase();
  if (tenants.has(lower)) return { tenant: lower };
  const type = shortTypes.get(lower);
  if (type !== undefined) return { type };
  const status = messageStatuses.find((one) => one === lower);
  return status ? { status } : null;
};

/**
 * Takes a typed text apart. A word counts as a tenant, type or status where it is one, and once; the others together are
 * the id, in which there may be spaces.
 */
export const recognise = (
  text: string,
  known: { readonly tenants: ReadonlySet<string> },
): Recognised => {
  let recognised: Recognised = {};
  const left: string[] = [];
  for (const word of text.split(/\s+/).filter((word) => word !== '')) {
    const part = wordOf(word, known);
    const isNew = part && Object.keys(part).every((name) => !(name in recognised));
    if (isNew) recognised = { ...recognised, ...part };
    else left.push(word);
  }
  return left.length === 0 ? recognised : { ...recognised, key: left.join(' ') };
};

/** As PostgreSQL takes a UUID, whatever its version. */
export const uuidText = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether it can be an id on the bus. */
export const isBusId = (key: string): boolean => uuidText.test(key);

/** Whether it can be the address of a thing or of an application. */
export const isIri = (key: string): boolean => /^[a-z][a-z0-9+.-]*:\S+$/i.test(key);
