import type { IncomingMessage } from 'node:http';
import { sealedMedia } from '#bus/audit.js';
import type { Bus } from '#bus/connection.js';
import { hookQueue } from '#bus/topology.js';
import { Refusal } from '#intake/refusal.js';
import { publishHealing } from '#intake/shipping.js';
import { seal } from '#runtime/keys.js';
import type { ConnectorInstance, Directory, Tenant } from '#tenants/directory.js';
import { sha256Hex } from '../access/digest.js';
import { json, type Answer } from '../answer.js';
import { readRawBody, type BodyLimits } from '../body/read.js';

export interface HookParts {
  readonly directory: () => Directory;
  readonly bus: Pick<Bus, 'publish' | 'ensureQueues'>;
  readonly count: (tenant: Tenant) => Promise<void>;
  readonly limits: BodyLimits;
}

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(', ')]),
  );

const publish = (
  bus: HookParts['bus'],
  { tenant, name }: ConnectorInstance,
  body: Buffer,
): Promise<void> =>
  publishHealing(bus, hookQueue(tenant, name), {
    body,
    headers: { 'lb-tenant': tenant, 'lb-target': name },
    properties: { contentType: sealedMedia },
  });

/** Keeps a call of an external system as it came, sealed, for its connector to verify and read. Throws 404, 413, 429, 503. */
export const receiveHook =
  ({ directory, bus, count, limits }: HookParts) =>
  async (token: string, request: IncomingMessage): Promise<Answer> => {
    const instance = directory().byHookTokenHash(sha256Hex(token));
    const tenant = instance && directory().tenants.get(instance.tenant);
    if (!tenant || !instance.enabled) throw new Refusal('not-found', 404);
    await count(tenant);
    const body = await readRawBody(request, limits);
    const call = {
      headers: headersOf(request),
      bodyBase64: body.toString('base64'),
      receivedAt: new Date().toISOString(),
    };
    const plain = Buffer.from(JSON.stringify(call), 'utf8');
    await publish(bus, instance, seal(plain, tenant.bodyKeys, `${tenant.id}|hook`));
    return json(202, { status: 'accepted' });
  };
