import { afterEach, expect, it, jest } from '@jest/globals';
import { aalterTenant } from '#infra/testing/melding.js';
import { createRateLimit } from './rate.js';

afterEach(() => void jest.restoreAllMocks());

it('[clock-jumps] never asks for more patience than it takes to fill up, though the clock is put back an hour', async () => {
  const tenant = aalterTenant({ rate: { perSecond: 2, burst: 4 } });
  const count = createRateLimit();
  for (let number = 0; number < 4; number++) await count(tenant);
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now - 3_600_000);
  await expect(count(tenant)).rejects.toMatchObject({ status: 429, retryAfterSeconds: 2 });
});
