import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { rightsOf, type Right, type Role } from './rights.js';

/** Tenants by id; null where it is all of them, also those that come later. */
export type Reach = ReadonlySet<string> | null;

/** Whoever asks something of the operators' API. */
export interface Person {
  /** Under this name her acts are recorded. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly tenants: Reach;
}

/** Whether a tenant exists as far as this person can tell. */
export const reaches = ({ tenants }: Pick<Person, 'tenants'>, tenant: string): boolean =>
  tenants === null || tenants.has(tenant);

/** Whether one of her roles has the right. */
export const may = ({ roles }: Pick<Person, 'roles'>, right: Right): boolean =>
  roles.some((role) => rightsOf[role].includes(right));

/** Every right that her roles give, each once. */
export const rightsOfPerson = ({ roles }: Pick<Person, 'roles'>): readonly Right[] => [
  ...new Set(roles.flatMap((role) => rightsOf[role])),
];

/** Throws a problem as if the tenant was not there, whether it is or not. */
export const requireReach = (person: Pick<Person, 'tenants'>, tenant: string): void => {
  if (!reaches(person, tenant))
    throw new ProblemError('not-found', tell('tenant-unknown', { tenant }));
};
