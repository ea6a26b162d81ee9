import { lineOf } from './connections.js';
import type { Serving } from './served.js';
import type { Tools } from './tools.js';

/** Shows per connector instance that this replica serves in which state its connection is; the others it is not in are left out. */
export const showStates = (
  { metrics }: Pick<Tools, 'metrics'>,
  { instances, held, open, mine }: Pick<Serving, 'instances' | 'held' | 'open' | 'mine'>,
): void => {
  const lines = instances.map(lineOf).filter(mine);
  metrics.linesServed.set(lines.length);
  metrics.connectionState.reset();
  for (const line of lines) {
    const unreachable = open(line) ? 'unreachable' : 'working';
    const state = held(line) ? 'held' : unreachable;
    metrics.connectionState.set({ tenant: line.tenant, connector: line.target, state }, 1);
  }
};
