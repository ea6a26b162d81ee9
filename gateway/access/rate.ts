import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#intake/refusal.js';
import type { Tenant } from '#tenants/directory.js';

/** Who asks again at once is answered no faster than this: being refused costs too, and others would pay for it. */
const refusedAfterMs = 1_000;
/** Of one tenant so many refusals are held back at the same time; the others are told at once. */
const mostHeldBack = 100;

/** What a tenant may still ask: it fills up by `perSecond`, to `burst` at most. */
interface Bucket {
  room: number;
  filledAt: number;
  heldBack: number;
}

/**
 * At most `burst` requests at once and `perSecond` on average, per tenant and per gateway process; refused ones count too.
 * Throws 429, after a while, with the seconds until there is room.
 */
export const createRateLimit = (
  waitMs: number = refusedAfterMs,
): ((tenant: Tenant) => Promise<void>) => {
  const buckets = new Map<string, Bucket>();
  const bucketOf = ({ id, rate: { perSecond, burst } }: Tenant): Bucket => {
    const now = performance.now();
    const bucket = buckets.get(id) ?? { room: burst, filledAt: now, heldBack: 0 };
    const filled = bucket.room + ((now - bucket.filledAt) / 1_000) * perSecond;
    bucket.room = Math.min(burst, filled);
    bucket.filledAt = now;
    buckets.set(id, bucket);
    return bucket;
  };
  return async (tenant) => {
    const bucket = bucketOf(tenant);
    if (bucket.room >= 1) {
      bucket.room -= 1;
      return;
    }
    const waitSeconds = (1 - bucket.room) / tenant.rate.perSecond;
    if (bucket.heldBack < mostHeldBack) {
      bucket.heldBack += 1;
      await pause(waitMs, undefined, { ref: false });
      bucket.heldBack -= 1;
    }
    const retryAfterSeconds = Math.max(1, Math.ceil(waitSeconds));
    throw new Refusal('rate-limited', 429, { retryAfterSeconds });
  };
};
