import type { Connector } from '#kit/definition.js';
import type { MessageType } from '#oslo/catalogue.js';
import type { DeclaredRoute } from '#tenants/declaration-schema.js';
import type { Tenant } from '#tenants/directory.js';
import { proposeRoutes } from './propose-routes.js';

/** Routes to begin with for a tenant as it is coupled now. */
export const proposalFor = (
  { connectors }: Tenant,
  known: ReadonlyMap<string, Connector>,
  types: Iterable<MessageType>,
): DeclaredRoute[] => {
  const instances = [...connectors.values()].flatMap(
    ({ name, connector }): [string, Connector][] => {
      const definition = known.get(connector);
      return definition ? [[name, definition]] : [];
    },
  );
  return proposeRoutes(new Map(instances), types);
};
