import { Failure } from '#kit/failure.js';
import type { ConnectorInstance } from '#tenants/directory.js';
import type { Holds } from './holds.js';
import type { Line } from './line.js';
import { endOwnHold } from './store/holds.js';
import { instanceOf, type Tools } from './tools.js';

const checkTimeoutMs = 15_000;

/** Asks the system, changing nothing, whether the connector would work now. */
const works = async (tools: Tools, instance: ConnectorInstance): Promise<boolean> => {
  const connection = await tools.connections.of(instance);
  if (connection instanceof Failure) return false;
  try {
    const signal = AbortSignal.timeout(checkTimeoutMs);
    await connection.connector.check(connection.client, { signal });
    return true;
  } catch {
    return false;
  }
};

const release = async ({ database, log }: Tools, line: Line, why: string): Promise<void> => {
  await database.scoped(line.tenant, (trx) => endOwnHold(trx, line));
  log.info({ tenant: line.tenant, target: line.target, why }, 'released');
};

/** Releases the lines that the bus holds and whose connector works again. Throws where PostgreSQL is away. */
export const probeHolds = async (tools: Tools, holds: Holds): Promise<void> => {
  for (const hold of holds.own()) {
    const instance = instanceOf(tools, hold);
    if (instance && (await works(tools, instance))) await release(tools, hold, 'a check succeeded');
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
