import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '#intake/refusal.js';
import type { Tenant } from '#tenants/directory.js';

/**
 * At most `burst` requests at once and `perSecond` on average, per tenant and per gateway process; refused ones count too.
 * Throws 429 with the seconds until there is room.
 */
export const createRateLimit = (): ((tenant: Tenant) => Promise<void>) => {
  const limiters = new Map<string, RateLimiterMemory>();
  const limiterFor = ({ rate: { perSecond, burst } }: Tenant): RateLimiterMemory => {
    const name = `${perSecond}/${burst}`;
    const limiter =
      limiters.get(name) ??
      new RateLimiterMemory({ keyPrefix: name, points: burst, duration: burst / perSecond });
    limiters.set(name, limiter);
    return limiter;
  };
  return async (tenant) => {
    try {
      await limiterFor(tenant).consume(tenant.id);
    } catch (exceeded) {
      if (!(exceeded instanceof RateLimiterRes)) throw exceeded;
      // Never longer than it takes to fill up, also where the clock was put back meanwhile.
      const { perSecond, burst } = tenant.rate;
      const waitSeconds = Math.min(exceeded.msBeforeNext / 1000, burst / perSecond);
      const retryAfterSeconds = Math.max(1, Math.ceil(waitSeconds));
      throw new Refusal('rate-limited', 429, { retryAfterSeconds });
    }
  };
};
