import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import type { SendContext } from '#kit/operation.js';
import type { HttpClient } from '#kit/http.js';
import { incidentsPath } from './client.js';

const Named = Type.Object({ name: Type.String() });
const Names = Type.Union([Type.Array(Named), Type.Null()]);
const Subcategories = Type.Union([
  Type.Array(Type.Composite([Named, Type.Object({ category: Named })])),
  Type.Null(),
]);

/** A subcategory, with the name of its category. */
export type Subcategory = NonNullable<Static<typeof Subcategories>>[number];

type Call = Pick<SendContext, 'signal'>;

/** Lists of supporting data whose entries incidents refer to by name. */
export type List =
  | 'categories'
  | 'entry_types'
  | 'statuses'
  | 'closure_codes'
  | 'escalation-reasons'
  | 'deescalation-reasons';

/** The names in a list, as the operator may see them. */
export const namesIn = async (
  client: HttpClient,
  list: List,
  { signal }: Call,
): Promise<string[]> => {
  const found = await client.get(`${incidentsPath}/${list}`, { signal, as: Names });
  return (found ?? []).map(({ name }) => name);
};

/** Every subcategory: the same name may stand in several categories. */
export const subcategories = async (client: HttpClient, { signal }: Call): Promise<Subcategory[]> =>
  (await client.get(`${incidentsPath}/subcategories`, { signal, as: Subcategories })) ?? [];
