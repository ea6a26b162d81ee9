import { lineOf } from './connections.js';
import type { Serving } from './served.js';
import type { Tools } from './tools.js';

const states = ['working', 'unreachable', 'held'] as const;

/** Shows per connector instance that this replica serves in which of the three states its connection is. */
export const showStates = ({ metrics }: Tools, { instances, held, open, mine }: Serving): void => {
  const lines = instances.map(lineOf).filter(mine);
  metrics.linesServed.set(lines.length);
  metrics.connectionState.reset();
  for (const line of lines) {
    const unreachable = open(line) ? 'unreachable' : 'working';
    const current = held(line) ? 'held' : unreachable;
    for (const state of states)
      metrics.connectionState.set(
        { tenant: line.tenant, connector: line.target, state },
        state === current ? 1 : 0,
      );
  }
};
