import { afterEach, expect, it, jest } from '@jest/globals';
import { aalterTenant } from '#infra/testing/melding.js';
import { createRateLimit } from './rate.js';

afterEach(() => void jest.restoreAllMocks());

const tenant = aalterTenant({ rate: { perSecond: 2, burst: 4 } });

/** The clock that does not jump, as the test sets it. */
const clock = () => {
  const now = { ms: 1_000 };
  jest.spyOn(performance, 'now').mockImplementation(() => now.ms);
  return now;
};

/** How many of so many requests get through. */
const through = async (
  count: ReturnType<typeof createRateLimit>,
  many: number,
): Promise<number> => {
  const asked = Array.from({ length: many }, () => count(tenant));
  const settled = await Promise.allSettled(asked);
  return settled.filter(({ status }) => status === 'fulfilled').length;
};

it('lets a burst through, then as many as come free, evenly, and never saves up more than a burst', async () => {
  const now = clock();
  const count = createRateLimit(0);
  expect(await through(count, 10)).toBe(4);
  now.ms += 1_000;
  expect(await through(count, 10)).toBe(2);
  now.ms += 500;
  expect(await through(count, 10)).toBe(1);
  now.ms += 3_600_000;
  expect(await through(count, 10)).toBe(4);
});

it('[clock-jumps] never asks for more patience than it takes for the next, though the clock is put back an hour', async () => {
  const slow = aalterTenant({ rate: { perSecond: 0.5, burst: 1 } });
  const count = createRateLimit(0);
  await count(slow);
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now - 3_600_000);
  await expect(count(slow)).rejects.toMatchObject({ status: 429, retryAfterSeconds: 2 });
});

it('refuses whoever asks again at once no faster than a patient one, and what is too much of that at once', async () => {
  const count = createRateLimit(200);
  await through(count, 4);
  const refused: number[] = [];
  await Promise.all(
    Array.from({ length: 101 }, (_, index) => count(tenant).catch(() => refused.push(index))),
  );
  // All but the last were held back.
  expect(refused).toEqual([100, ...Array.from({ length: 100 }, (_, index) => index)]);
});
