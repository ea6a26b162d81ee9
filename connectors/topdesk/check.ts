import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import { namesIn, subcategories } from './catalogue.js';
import type { List, Subcategory } from './catalogue.js';
import type { Topdesk } from './client.js';
import type { TopdeskSettings } from './settings.js';

type Call = Pick<SendContext, 'signal'>;

const isThere = (name: string | undefined): name is string => name !== undefined;

/** Where the settings say that meldingen belong. */
const placesIn = ({ categories, defaultCategory }: TopdeskSettings) => [
  ...Object.values(categories),
  ...(defaultCategory ? [defaultCategory] : []),
];

/** Names that the settings give of entries in a list. */
const named = (settings: TopdeskSettings): Readonly<Record<List, readonly string[]>> => {
  const reasons = (table: TopdeskSettings['escalations']): string[] =>
    Object.values(table)
      .map(({ reason }) => reason)
      .filter(isThere);
  return {
    categories: placesIn(settings).map(({ category }) => category),
    entry_types: [settings.entryType].filter(isThere),
    statuses: Object.values(settings.processingStatuses),
    closure_codes: Object.values(settings.endings)
      .map(({ closureCode }) => closureCode)
      .filter(isThere),
    'escalation-reasons': reasons(settings.escalations),
    'deescalation-reasons': reasons(settings.deescalations),
  };
};

/** How people call an entry of a list. */
const words: Readonly<Record<List, string>> = {
  categories: 'category',
  entry_types: 'entry type',
  statuses: 'processing status',
  closure_codes: 'closure code',
  'escalation-reasons': 'escalation reason',
  'deescalation-reasons': 'de-escalation reason',
};

const missingIn = async (
  { http, settings }: Topdesk,
  list: List,
  call: Call,
): Promise<string[]> => {
  const wanted = [...new Set(named(settings)[list])];
  if (wanted.length === 0) return [];
  const known = new Set(await namesIn(http, list, call));
  return wanted.filter((name) => !known.has(name)).map((name) => `${words[list]} "${name}"`);
};

/** Subcategories that the settings put in a category where TOPdesk does not have them. */
export const missingSubcategories = (
  settings: TopdeskSettings,
  known: readonly Subcategory[],
): string[] => {
  const has = new Set(known.map(({ name, category }) => JSON.stringify([category.name, name])));
  return [
    ...new Set(
      placesIn(settings).flatMap(({ category, subcategory }) =>
        subcategory === undefined || has.has(JSON.stringify([category, subcategory]))
          ? []
          : [`subcategory "${subcategory}" of "${category}"`],
      ),
    ),
  ];
};

const lists = Object.keys(words) as List[];

/** What the settings name and TOPdesk does not have, in words. */
export const missing = async (client: Topdesk, call: Call): Promise<string[]> => {
  const found: string[] = [];
  for (const list of lists) found.push(...(await missingIn(client, list, call)));
  const nameSubcategories = placesIn(client.settings).some(({ subcategory }) => subcategory);
  if (!nameSubcategories) return found;
  const known = await subcategories(client.http, call);
  return [...found, ...missingSubcategories(client.settings, known)];
};

/** Whether TOPdesk answers this operator, and has every name that the settings give. */
export const check = async (client: Topdesk, call: Call): Promise<void> => {
  await client.http.get('/tas/api/version', { signal: call.signal });
  const unknown = await missing(client, call);
  if (unknown.length > 0)
    throw new Failure(
      'pause',
      `TOPdesk does not have what the settings name: ${unknown.join(', ')}`,
      {
        code: 'misconfigured',
      },
    );
};
