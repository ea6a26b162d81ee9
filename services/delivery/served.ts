import type { ServedQueue } from '#bus/server.js';
import { hookQueue, questionQueue, targetQueue } from '#bus/topology.js';
import type { Connector } from '#kit/definition.js';
import type { ConnectorInstance, Directory } from '#tenants/directory.js';
import { lineOf } from './connections.js';
import { placesPerLine } from './gate.js';
import type { Line } from './line.js';
import { answersQuestions, servedQuestions } from './questions/served.js';

/** Patterns under which the controller takes what comes. */
export const targetPattern = 'target';
export const hookPattern = 'hook';

/** Twice as many as have a place at the system: while some are there, others are written down. */
const targetPrefetch = 2 * placesPerLine;
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
  /** Among the delivery replicas it is this one that serves the line. */
  readonly mine: (line: Line) => boolean;
  /** This replica may take what the queue of the line brings. */
  readonly mayTake: (line: Line, queue: string) => boolean;
}

/** The queues that must exist: of every instance, also while it stands still. */
export const queuesOf = ({ instances, connectors }: Serving): string[] =>
  instances.flatMap(({ tenant, name, connector }) => [
    targetQueue(tenant, name),
    ...(answersQuestions(connectors.get(connector)) ? [questionQueue(tenant, name)] : []),
    ...(hasWebhook(connectors.get(connector)) ? [hookQueue(tenant, name)] : []),
  ]);

const served = (
  { mayTake }: Serving,
  line: Line,
  { queue, ...taking }: Omit<ServedQueue, 'mayTake'>,
): ServedQueue => ({ queue, ...taking, mayTake: () => mayTake(line, queue) });

/** The queues to consume: of a line that stands still too, whose messages then wait in hand; also of a line that another serves, to go on at once when that one is gone. */
export const servedOf = (serving: Serving): ServedQueue[] =>
  serving.instances.flatMap((instance) => {
    const { tenant, name, connector } = instance;
    const line = lineOf(instance);
    const target = { queue: targetQueue(tenant, name), pattern: targetPattern };
    const hook = { queue: hookQueue(tenant, name), pattern: hookPattern };
    return [
      served(serving, line, { ...target, prefetch: targetPrefetch, inOrder: true }),
      ...(answersQuestions(serving.connectors.get(connector)) ? [servedQuestions(line)] : []),
      ...(hasWebhook(serving.connectors.get(connector))
        ? [served(serving, line, { ...hook, prefetch: hookPrefetch })]
        : []),
    ];
  });
