import type { Directory } from '#tenants/directory.js';
import type { OidcSettings } from './oidc-settings.js';
import { needsTenants, type Role } from './rights.js';
import type { SignedIn } from './sessions.js';

/** What the identity provider says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

/** One value of the claim: a role, and where; `tenants` null is everywhere. */
interface Grant {
  readonly role: Role;
  readonly tenants: readonly string[] | null;
}

const texts = (claim: unknown): readonly string[] => {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.flatMap((value) =>
    typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [],
  );
};

/** A KBO number with or without its dots; another code is left as it is. */
const plain = (code: string): string => (/^[\d.]+$/.test(code) ? code.replaceAll('.', '') : code);

const grantsOf = (claims: Claims, settings: OidcSettings, directory: Directory): Grant[] =>
  texts(claims[settings.rolesClaim]).flatMap((text): Grant[] => {
    const [value = '', organisation = ''] = text.split(':');
    const role = settings.roles.get(value);
    if (role === undefined || organisation === '') return [];
    const tenants = [...directory.tenants.values()]
      .filter(({ kbo }) => kbo === plain(organisation))
      .map(({ id }) => id);
    if (tenants.length > 0) return [{ role, tenants }];
    return organisation === settings.organisation && !needsTenants(role)
      ? [{ role, tenants: null }]
      : [];
  });

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/**
 * Roles that hold wherever the person reaches: those for all tenants where there are any, else those that she has for
 * each of hers. So nobody gets a right in one tenant from a role in another.
 */
const reachOf = (grants: readonly Grant[]): Pick<SignedIn, 'roles' | 'tenants'> => {
  const everywhere = grants.filter(({ tenants }) => tenants === null);
  if (everywhere.length > 0)
    return { roles: unique(everywhere.map(({ role }) => role)), tenants: null };
  const tenants = unique(grants.flatMap((grant) => grant.tenants ?? []));
  const inAll = (role: Role): boolean =>
    tenants.every((tenant) =>
      grants.some((grant) => grant.role === role && grant.tenants?.includes(tenant)),
    );
  return { roles: unique(grants.map(({ role }) => role)).filter(inAll), tenants: new Set(tenants) };
};

const nameOf = (claims: Claims): string => {
  const parts = [claims['given_name'], claims['family_name']].filter(
    (part): part is string => typeof part === 'string' && part !== '',
  );
  if (parts.length > 0) return parts.join(' ');
  return typeof claims['name'] === 'string' ? claims['name'] : '';
};

/** Who it is that signed in; null where none of the roles is one here. Her acts are recorded under name and `sub`. */
export const personOfClaims = (
  claims: Claims,
  settings: OidcSettings,
  directory: Directory,
): SignedIn | null => {
  const { roles, tenants } = reachOf(grantsOf(claims, settings, directory));
  if (roles.length === 0) return null;
  const sub = String(claims['sub']);
  const shown = nameOf(claims);
  return { name: shown === '' ? sub : `${shown} (${sub})`, shown: shown || sub, roles, tenants };
};
