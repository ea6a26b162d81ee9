import { isDeepStrictEqual } from 'node:util';
import type { Declared } from '#tenants/declaration-schema.js';
import type { Person } from '../people/person.js';
import { ProblemError, type ToldPlace } from '../problems/problem.js';
import { tell } from '../problems/tell.js';

/** What belongs to the shared service: a tenant's own administrator sees it and leaves it. */
export const ofTheService = [
  'tenant',
  'name',
  'bestuurseenheid',
  'kbo',
  'verwerkingen',
  'rate',
  'allowedHosts',
  'burgerprofiel',
] as const satisfies readonly (keyof Declared)[];

/** Whether she may change all of a tenant, and not only what is the tenant's own. */
export const mayAll = ({ roles }: Pick<Person, 'roles'>): boolean => roles.includes('operator');

const clients = ({ credentials = [] }: Declared): Record<string, unknown> =>
  Object.fromEntries(credentials.flatMap(({ name, oauth }) => (oauth ? [[name, oauth]] : [])));

/** A client of an identity provider says who calls for any tenant: whom it belongs to is not for a tenant to say. */
const clientPlaces = (before: Declared, after: Declared): string[] => {
  const known = clients(before);
  return (after.credentials ?? []).flatMap(({ name, oauth }, index) =>
    oauth === undefined || isDeepStrictEqual(known[name], oauth)
      ? []
      : [`/declaration/credentials/${index}/oauth`],
  );
};

/** Throws where somebody changes what is not hers to change. */
export const refuseBeyond = (person: Person, before: Declared, after: Declared): void => {
  if (mayAll(person)) return;
  const pointers = [
    ...ofTheService
      .filter((field) => !isDeepStrictEqual(before[field], after[field]))
      .map((field) => `/declaration/${field}`),
    ...clientPlaces(before, after),
  ];
  if (pointers.length === 0) return;
  const places = pointers.map((pointer): ToldPlace => ({
    pointer,
    code: 'forbidden',
    told: tell('of-the-service-here'),
  }));
  throw new ProblemError('forbidden', tell('of-the-service'), places);
};
