import { Refusal } from '#intake/refusal.js';
import type { Turns } from '#runtime/turns/turns.js';
import type { Tenant } from '#tenants/directory.js';

/** So long a request waits for its turn, on the whole; then it is better told to come again. */
const patienceMs = 5_000;

/** Counts a request of the tenant, or a further message of a batch that began then; throws 429. */
export type Count = (tenant: Tenant, begunMs?: number) => Promise<void>;

/** Waits for the turn of a message or request of the tenant, one of a batch that began then as one of a crowd; throws 429. */
export type Wait = (tenant: Tenant, begunMs?: number) => Promise<void>;

/** While the gateway is busy who asks much gets on no faster than who asks little. Throws 429 where it takes too long. */
export const waitFor =
  (turns: Pick<Turns, 'take'>): Wait =>
  async (tenant, begunMs) => {
    const untilMs = (begunMs ?? performance.now()) + patienceMs;
    const mayBegin = await turns.take({
      tenant: tenant.id,
      queue: '',
      crowded: begunMs !== undefined,
      gone: () => performance.now() > untilMs,
    });
    if (!mayBegin) throw new Refusal('rate-limited', 429, { retryAfterSeconds: 1 });
  };

/** Within its rate a request waits for its turn. Throws what `limit` and `wait` throw. */
export const inTurn =
  (limit: (tenant: Tenant) => Promise<void>, wait: Wait): Count =>
  async (tenant, begunMs) => {
    await limit(tenant);
    await wait(tenant, begunMs);
  };
