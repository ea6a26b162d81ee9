import { Failure } from '#kit/failure.js';
import type { ConnectorInstance } from '#tenants/directory.js';
import type { Tools } from './tools.js';

const patienceMs = 15_000;

/** A connector throws a `Failure` on purpose; anything else says nothing that may be told. */
const failureOf = (error: unknown, { name }: ConnectorInstance, timedOut: boolean): Failure => {
  if (error instanceof Failure) return error;
  return timedOut
    ? new Failure('retry', `${name} did not answer within ${patienceMs / 1_000} seconds`, {
        code: 'timeout',
        cause: error,
      })
    : new Failure(
        'pause',
        `The check of ${name} failed in a way that its connector does not know`,
        {
          code: 'misconfigured',
          cause: error,
        },
      );
};

/**
 * Asks the system of a connector instance, changing nothing, whether the bus could work with it now; null where it could.
 * Throws where PostgreSQL is away, or where `signal` called it off.
 */
export const askSystem = async (
  { connections }: Pick<Tools, 'connections'>,
  instance: ConnectorInstance,
  signal?: AbortSignal,
): Promise<Failure | null> => {
  const connection = await connections.of(instance);
  if (connection instanceof Failure) return connection;
  const patience = AbortSignal.timeout(patienceMs);
  try {
    await connection.connector.check(connection.client, {
      signal: signal ? AbortSignal.any([patience, signal]) : patience,
    });
    return null;
  } catch (error) {
    signal?.throwIfAborted();
    return failureOf(error, instance, patience.aborted);
  }
};
