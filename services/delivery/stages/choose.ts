import { Failure } from '#kit/failure.js';
import type { OpenConnector } from '#kit/open.js';
import type { Chosen, Stage } from './stage.js';

/** The operation for the type, else the one that takes any; null where the connector has neither. */
export const operationFor = (open: OpenConnector, type: string): Chosen | null => {
  const operations = Object.entries(open.connector.operations);
  const exact = operations.find(([, { accepts }]) => accepts !== 'any' && accepts.type === type);
  const found = exact ?? operations.find(([, { accepts }]) => accepts === 'any');
  return found ? { name: found[0], operation: found[1], open } : null;
};

export const choose: Stage = {
  name: 'choose',
  does: 'finds the client of the tenant and the operation that takes this type of message',
  run: (work) => {
    if (work.connection instanceof Failure) throw work.connection;
    const { type } = work.shipment.envelope;
    const operation = operationFor(work.connection, type);
    if (operation) return { ...work, operation };
    const { title } = work.connection.connector;
    throw new Failure('reject', `${title} takes no ${type}`, { code: 'unsupported' });
  },
};
