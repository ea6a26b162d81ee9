import type { ServedQueue } from '#bus/server.js';
import { hookQueue, targetQueue } from '#bus/topology.js';
import type { Connector } from '#kit/definition.js';
import type { ConnectorInstance, Directory } from '#tenants/directory.js';
import { lineOf } from './connections.js';
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

/** What decides which queues are drained at this moment. */
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

/** The queues to drain now: none of a held line; of a line whose circuit is open only its calls, which ask for little. */
export const servedOf = ({ instances, connectors, held, open }: Serving): ServedQueue[] =>
  instances
    .filter((instance) => !held(lineOf(instance)))
    .flatMap((instance) => {
      const { tenant, name, connector } = instance;
      const target = {
        queue: targetQueue(tenant, name),
        pattern: targetPattern,
        prefetch: targetPrefetch,
      };
      const hook = { queue: hookQueue(tenant, name), pattern: hookPattern, prefetch: hookPrefetch };
      return [
        ...(open(lineOf(instance)) ? [] : [target]),
        ...(hasWebhook(connectors.get(connector)) ? [hook] : []),
      ];
    });
