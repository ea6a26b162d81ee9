import { Refusal } from '#intake/refusal.js';
import type { Turns } from '#runtime/turns/turns.js';
import type { Tenant } from '#tenants/directory.js';

/** So long a request waits for its turn, on the whole; then it is better told to come again. */
const patienceMs = 5_000;

/**
 * Until when a batch that begins now waits for its turns, on the clock of `performance.now()`. Batches that came together are not
 * told together to come again: they would do so in the same moment, again and again.
 */
export const batchUntil = (random: () => number = Math.random): number =>
  performance.now() + patienceMs * (0.75 + 0.5 * random());

/** Counts a request of the tenant, or a further message of a batch that waits until then; throws 429. */
export type Count = (tenant: Tenant, untilMs?: number) => Promise<void>;

/** Waits for the turn of a message or request of the tenant, one of a batch that waits until then as one of a crowd; throws 429. */
export type Wait = (tenant: Tenant, untilMs?: number) => Promise<void>;

/** While the gateway is busy who asks much gets on no faster than who asks little. Throws 429 where it takes too long. */
export const waitFor =
  (turns: Pick<Turns, 'take'>): Wait =>
  async (tenant, batchUntilMs) => {
    const untilMs = batchUntilMs ?? performance.now() + patienceMs;
    const mayBegin = await turns.take({
      tenant: tenant.id,
      queue: '',
      crowded: batchUntilMs !== undefined,
      gone: () => performance.now() > untilMs,
    });
    if (!mayBegin) throw new Refusal('rate-limited', 429, { retryAfterSeconds: 1 });
  };

/** Within its rate a request waits for its turn. Throws what `limit` and `wait` throw. */
export const inTurn =
  (limit: (tenant: Tenant) => Promise<void>, wait: Wait): Count =>
  async (tenant, untilMs) => {
    await limit(tenant);
    await wait(tenant, untilMs);
  };
