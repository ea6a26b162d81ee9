import type { Json } from '#kit/message.js';
import { statusLabels } from '#kit/melding-status.js';
import { fitting } from '#kit/proposal.js';
import type { Choice, KnownType, Proposal, ProposalContext } from '#kit/proposal.js';
import { namesIn, subcategories } from './catalogue.js';
import type { Subcategory } from './catalogue.js';
import { missing } from './check.js';
import type { Topdesk } from './client.js';
import type { TopdeskSettings } from './settings.js';

interface Place {
  readonly category: string;
  readonly subcategory?: string;
}

const inWords = ({ category, subcategory }: Place): string =>
  subcategory === undefined ? category : `${category} / ${subcategory}`;

const subcategoryChoices = (known: readonly Subcategory[]): Choice<Place>[] =>
  known.map(({ name, category }) => ({
    names: [name, `${category.name} ${name}`],
    value: { category: category.name, subcategory: name },
  }));

const categoryChoices = (names: readonly string[]): Choice<Place>[] =>
  names.map((category) => ({ names: [category], value: { category } }));

/** Of what fits as well, a subcategory says more than a category. */
const placesFor = (name: string, choices: readonly Choice<Place>[]): Place[] => {
  const found = fitting(name, choices);
  const narrow = found.filter(({ subcategory }) => subcategory !== undefined);
  return narrow.length === 1 ? narrow : found;
};

interface Part {
  readonly table: Readonly<Record<string, Json>>;
  readonly remarks: readonly string[];
}

const categoriesFor = (types: readonly KnownType[], choices: readonly Choice<Place>[]): Part => {
  const found = types.map((type) => ({ ...type, places: placesFor(type.name, choices) }));
  const sure = found.flatMap(({ iri, places: [only, another] }) =>
    only && !another ? [[iri, { ...only }] as const] : [],
  );
  const unsure = found
    .filter(({ places }) => places.length !== 1)
    .map(({ iri, name, places }) =>
      places.length === 0
        ? `No category looks like "${name}" (${iri}).`
        : `"${name}" (${iri}) could be ${places.map(inWords).join(' or ')}: choose.`,
    );
  return { table: Object.fromEntries(sure), remarks: unsure };
};

const labelChoices = statusLabels.map((label) => ({ names: [label], value: label }));

/** Processing statuses that the settings do not know yet, by the label that their name looks like. */
const statusesFor = (names: readonly string[]): Part => {
  const found = names.map((name) => ({ name, labels: fitting(name, labelChoices) }));
  const sure = found.flatMap(({ name, labels: [only, another] }) =>
    only !== undefined && another === undefined ? [[name, only] as const] : [],
  );
  const unsure = found
    .filter(({ labels }) => labels.length !== 1)
    .map(({ name }) => `Processing status "${name}" tells no status of a melding yet: choose one.`);
  return { table: Object.fromEntries(sure), remarks: unsure };
};

/** Categories for the meldingstypen of the tenant, and statuses for the processing statuses, by their names. */
export const propose = async (
  client: Topdesk,
  { settings, meldingstypen, signal }: ProposalContext<TopdeskSettings>,
): Promise<Proposal> => {
  const { http } = client;
  const known = await subcategories(http, { signal });
  const names = await namesIn(http, 'categories', { signal });
  const processing = await namesIn(http, 'statuses', { signal });
  const isNew = ({ iri }: KnownType): boolean => !Object.hasOwn(settings.categories, iri);
  const categories = categoriesFor(meldingstypen.filter(isNew), [
    ...subcategoryChoices(known),
    ...categoryChoices(names),
  ]);
  const statuses = statusesFor(
    processing.filter((name) => !Object.hasOwn(settings.statuses, name)),
  );
  const unknown = await missing(client, { signal });
  return {
    settings: {
      categories: { ...settings.categories, ...categories.table },
      statuses: { ...settings.statuses, ...statuses.table },
    },
    remarks: [
      ...unknown.map((one) => `TOPdesk does not have ${one}.`),
      ...categories.remarks,
      ...statuses.remarks,
    ],
  };
};
