import type { HookRequest } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import { verifySecret } from '#kit/shared-secret.js';
import type { DynamicsSettings } from './settings.js';

/** A webhook carries no signature: what shows that it is ours is the header that its registration adds. */
export const verify = (request: HookRequest, { webhookSecret }: DynamicsSettings): void =>
  verifySecret(request, webhookSecret, 'Dynamics 365');

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const wrong = (): Failure =>
  new Failure('reject', 'The call is no RemoteExecutionContext of a row', { code: 'invalid' });

const contextOf = (body: Buffer): Record<string, unknown> => {
  try {
    const context = JSON.parse(body.toString()) as unknown;
    if (typeof context === 'object' && context !== null) return context as Record<string, unknown>;
  } catch {
    // Falls through to the refusal.
  }
  throw wrong();
};

/** Id of the row that a call is about; null where it is about another table, or the row is gone. */
export const hintedId = ({ body }: HookRequest, table: string): string | null => {
  const { PrimaryEntityName: name, PrimaryEntityId: id, MessageName: what } = contextOf(body);
  if (typeof name !== 'string' || typeof id !== 'string' || !guid.test(id)) throw wrong();
  return name === table && what !== 'Delete' ? id : null;
};
