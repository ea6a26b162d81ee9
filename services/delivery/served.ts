import type { ServedQueue } from '#bus/server.js';
import { hookQueue, targetQueue } from '#bus/topology.js';
import type { Connector } from '#kit/definition.js';
import type { ConnectorInstance, Directory } from '#tenants/directory.js';
import type { Line } from './line.js';

/** Patterns under which the controller takes what comes. */
export const targetPattern = 'target';
export const hookPattern = 'hook';

const targetPrefetch = 10;
const hookPrefetch = 5;

/** Every connector instance that is switched on. */
export const coupled = (directory: Directory): ConnectorInstance[] =>
  [...directory.tenants.values()].flatMap(({ connectors }) =>
    [...connectors.values()].filter(({ enabled }) => enabled),
  );

const hasWebhook = (connector: Connector | undefined): boolean =>
  Object.values(connector?.sources ?? {}).some(({ webhook }) => webhook !== undefined);

/** What is coupled, and how each line stands at this moment. */
export interface Serving {
  readonly instances: readonly ConnectorInstance[];
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly held: (line: Line) => boolean;
  readonly open: (line: Line) => boolean;
}

/** The queues that must exist: of every instance, also while it stands still. */
export const queuesOf = ({ instances, connectors }: Serving): string[] =>
  instances.flatMap(({ tenant, name, connector }) => [
    targetQueue(tenant, name),
    ...(hasWebhook(connectors.get(connector)) ? [hookQueue(tenant, name)] : []),
  ]);

/** The queues to consume: of a line that stands still too, whose messages then wait in hand. */
export const servedOf = ({ instances, connectors }: Serving): ServedQueue[] =>
  instances.flatMap(({ tenant, name, connector }) => [
    { queue: targetQueue(tenant, name), pattern: targetPattern, prefetch: targetPrefetch },
    ...(hasWebhook(connectors.get(connector))
      ? [{ queue: hookQueue(tenant, name), pattern: hookPattern, prefetch: hookPrefetch }]
      : []),
  ]);
