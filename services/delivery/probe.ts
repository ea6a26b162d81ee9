import { askSystem } from './ask-system.js';
import type { Holds } from './holds.js';
import type { Line } from './line.js';
import { endOwnHold } from './store/holds.js';
import { instanceOf, type Tools } from './tools.js';

const release = async ({ database, log }: Tools, line: Line, why: string): Promise<void> => {
  await database.scoped(line.tenant, (trx) => endOwnHold(trx, line));
  log.info({ tenant: line.tenant, target: line.target, why }, 'released');
};

/** Releases the lines that the bus holds and whose connector works again. Throws where PostgreSQL is away. */
export const probeHolds = async (tools: Tools, holds: Holds): Promise<void> => {
  for (const hold of holds.own()) {
    const instance = instanceOf(tools, hold);
    if (instance && (await askSystem(tools, instance)) === null)
      await release(tools, hold, 'a check succeeded');
  }
};

/** After a change of the tenants: a line whose settings are others than those that failed is tried with them. */
export const releaseChanged = async (tools: Tools, holds: Holds): Promise<void> => {
  for (const hold of holds.own()) {
    const instance = instanceOf(tools, hold);
    if (instance && (await tools.connections.changed(instance)))
      await release(tools, hold, 'its settings changed');
  }
};
