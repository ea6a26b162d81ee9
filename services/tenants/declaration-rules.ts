import type { Told } from '#oslo/told.js';
import { burgerprofielComplaints } from './burgerprofiel/rules.js';
import type { DeclaredConnector, DeclaredCredential, DeclaredRoute } from './declaration-schema.js';
import { complaintAt, type DeclaredTenant } from './declaration.js';
import { compileFilter, FilterBroken } from './filter.js';
import { tell } from './tell.js';
import {
  DeclarationBroken,
  type Complaint,
  type Path,
  type PlacedComplaint,
} from './yaml-source.js';

/** What a declaration is checked against, without this folder knowing a connector. */
export interface Surroundings {
  /** Ids of the connectors there are. */
  readonly connectors: ReadonlyMap<string, KnownConnector>;
  /** Kind of a message type; null for one that does not exist. */
  readonly kindOf: (type: string) => 'event' | 'command' | 'question' | 'answer' | null;
}

/** A connector as far as a declaration can be wrong about it. */
export interface KnownConnector {
  /** What is wrong with settings in which a secret is `{ secret: name }`; `pointer` is RFC 6901 from the settings. */
  readonly check: (
    settings: unknown,
  ) => readonly { readonly pointer: string; readonly told: Told; readonly code?: string }[];
  readonly takes: (type: string) => boolean;
  /** It has a source that is called: a hook token leads somewhere. */
  readonly hears: boolean;
}

const connectorIdOf = (name: string, { connector }: DeclaredConnector): string => connector ?? name;

const pathIn = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const connectorComplaints = (
  name: string,
  declared: DeclaredConnector,
  { connectors }: Surroundings,
): Complaint[] => {
  const id = connectorIdOf(name, declared);
  const known = connectors.get(id);
  const path: Path = ['connectors', name];
  if (!known) {
    const told = tell('connector-unknown', { id, known: [...connectors.keys()].join(', ') });
    return [{ path: declared.connector === undefined ? path : [...path, 'connector'], told }];
  }
  const complaints = known
    .check(declared.settings ?? {})
    .map(({ pointer, told, code = 'value' }) => ({
      path: [...path, 'settings', ...pathIn(pointer)],
      ...{ told, code },
    }));
  if (declared.hook === undefined || known.hears) return complaints;
  return [...complaints, { path: [...path, 'hook'], told: tell('nobody-hears', { id }) }];
};

const unknownType = (type: string): Told => tell('type-unknown', { type });

const filterComplaints = ({ filter }: DeclaredRoute, path: Path): Complaint[] => {
  if (!filter) return [];
  try {
    compileFilter(filter);
    return [];
  } catch (error) {
    if (!(error instanceof FilterBroken)) throw error;
    return [{ path: [...path, 'filter', ...pathIn(error.pointer)], told: error.told }];
  }
};

const targetComplaint = (
  target: string,
  { when }: DeclaredRoute,
  known: { readonly tenant: DeclaredTenant; readonly surroundings: Surroundings },
): Told | null => {
  const connectors = known.tenant.declared.connectors ?? {};
  const instance = Object.hasOwn(connectors, target) ? connectors[target] : undefined;
  if (!instance)
    return tell('target-unknown', { target, known: Object.keys(connectors).join(', ') });
  const id = connectorIdOf(target, instance);
  const connector = known.surroundings.connectors.get(id);
  return connector && !connector.takes(when.type)
    ? tell('takes-not', { id, type: when.type })
    : null;
};

const routeComplaints = (
  route: DeclaredRoute,
  path: Path,
  known: { readonly tenant: DeclaredTenant; readonly surroundings: Surroundings },
): Complaint[] => {
  const kind = known.surroundings.kindOf(route.when.type);
  const complaints = filterComplaints(route, path);
  if (kind === null)
    return [...complaints, { path: [...path, 'when', 'type'], told: unknownType(route.when.type) }];
  if (kind === 'answer')
    complaints.push({ path: [...path, 'when', 'type'], told: tell('answer-routed') });
  else if (kind !== 'event' && route.to.length > 1)
    complaints.push({ path: [...path, 'to'], told: tell(`one-target.${kind}`) });
  route.to.forEach((target, index) => {
    const told = targetComplaint(target, route, known);
    if (told !== null) complaints.push({ path: [...path, 'to', index], told });
  });
  return complaints;
};

const credentialComplaints = (
  credential: DeclaredCredential,
  path: Path,
  known: { readonly tenant: DeclaredTenant; readonly surroundings: Surroundings },
): Complaint[] => {
  const instances = Object.keys(known.tenant.declared.connectors ?? {});
  const unknownInstance = (id: string): Told =>
    tell('connector-unknown', { id, known: instances.join(', ') });
  const complaints: Complaint[] = [];
  const { system, postvakken = [], types = [], expires } = credential;
  if (system !== undefined && !instances.includes(system))
    complaints.push({ path: [...path, 'system'], told: unknownInstance(system) });
  postvakken.forEach((name, index) => {
    if (!instances.includes(name))
      complaints.push({ path: [...path, 'postvakken', index], told: unknownInstance(name) });
  });
  types.forEach((type, index) => {
    if (type !== '*' && known.surroundings.kindOf(type) === null)
      complaints.push({ path: [...path, 'types', index], told: unknownType(type) });
  });
  if (expires !== undefined && Number.isNaN(Date.parse(expires)))
    complaints.push({ path: [...path, 'expires'], told: tell('no-such-day') });
  return complaints;
};

const repeated = (names: readonly string[]): number[] =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));

const tenantComplaints = (tenant: DeclaredTenant, surroundings: Surroundings): Complaint[] => {
  const { connectors = {}, routes = [], credentials = [] } = tenant.declared;
  const known = { tenant, surroundings };
  return [
    ...Object.entries(connectors).flatMap(([name, one]) =>
      connectorComplaints(name, one, surroundings),
    ),
    ...routes.flatMap((route, index) => routeComplaints(route, ['routes', index], known)),
    ...credentials.flatMap((one, index) =>
      credentialComplaints(one, ['credentials', index], known),
    ),
    ...repeated(credentials.map(({ name }) => name)).map((index) => ({
      path: ['credentials', index, 'name'],
      told: tell('name-twice'),
    })),
    ...burgerprofielComplaints(tenant.declared),
  ];
};

const acrossTenants = (tenants: readonly DeclaredTenant[]): PlacedComplaint[] => {
  const ids = tenants.map(({ declared }) => declared.tenant);
  const clients = tenants.flatMap(({ declared, placeOf }) =>
    (declared.credentials ?? []).flatMap(({ oauth }, index) =>
      oauth
        ? [{ oauth: JSON.stringify(oauth), placeOf, path: ['credentials', index, 'oauth'] }]
        : [],
    ),
  );
  return [
    ...tenants
      .filter((_, index) => repeated(ids).includes(index))
      .map(({ placeOf }) => complaintAt(placeOf, { path: ['tenant'], told: tell('tenant-twice') })),
    ...repeated(clients.map(({ oauth }) => oauth))
      .flatMap((index) => clients[index] ?? [])
      .map(({ placeOf, path }) => complaintAt(placeOf, { path, told: tell('client-twice') })),
  ];
};

/**
 * Refuses a declaration that contradicts itself or what there is: unknown targets, connectors and types, settings that
 * their connector does not take, filters that do not parse, names twice. Throws `DeclarationBroken` with all of it.
 */
export const checkDeclaration = (
  tenants: readonly DeclaredTenant[],
  surroundings: Surroundings,
): void => {
  const complaints = tenants.flatMap((tenant) =>
    tenantComplaints(tenant, surroundings).map((one) => complaintAt(tenant.placeOf, one)),
  );
  const all = [...complaints, ...acrossTenants(tenants)];
  if (all.length > 0) throw new DeclarationBroken(all);
};
