import { Refusal } from '#intake/refusal.js';
import type { Turns } from '#runtime/turns/turns.js';
import type { Tenant } from '#tenants/directory.js';

/** So long a request waits for its turn, on the whole; then it is better told to come again. */
const patienceMs = 5_000;

/** Counts a request of the tenant, or a further message of a batch that began then; throws 429. */
export type Count = (tenant: Tenant, begunMs?: number) => Promise<void>;

/**
 * Within its rate a request waits for its turn: while the gateway is busy who asks much gets on no faster than who asks
 * little. Throws what `limit` throws, and 429 where it waits too long.
 */
export const inTurn =
  (limit: (tenant: Tenant) => Promise<void>, turns: Pick<Turns, 'take'>): Count =>
  async (tenant, begunMs) => {
    await limit(tenant);
    const untilMs = (begunMs ?? performance.now()) + patienceMs;
    const mayBegin = await turns.take({
      tenant: tenant.id,
      queue: '',
      crowded: begunMs !== undefined,
      gone: () => performance.now() > untilMs,
    });
    if (!mayBegin) throw new Refusal('rate-limited', 429, { retryAfterSeconds: 1 });
  };
