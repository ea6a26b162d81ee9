import { expect, it } from '@jest/globals';
import { aalterTenant } from '#infra/testing/melding.js';
import { Refusal } from '#intake/refusal.js';
import type { Asking } from '#runtime/turns/turns.js';
import { batchUntil, inTurn, waitFor } from './turn.js';

const tenant = aalterTenant();
const within = () => Promise.resolve();

it('asks for a turn only within the rate, and says of what follows in a batch that it is one of many', async () => {
  const asked: Asking[] = [];
  const turns = { take: (asking: Asking) => Promise.resolve(asked.push(asking) > 0) };
  const over = () => Promise.reject(new Refusal('rate-limited', 429));
  await expect(inTurn(over, waitFor(turns))(tenant)).rejects.toMatchObject({ status: 429 });
  expect(asked).toEqual([]);
  await inTurn(within, waitFor(turns))(tenant);
  await inTurn(within, waitFor(turns))(tenant, batchUntil());
  expect(asked).toMatchObject([
    { tenant: tenant.id, crowded: false },
    { tenant: tenant.id, crowded: true },
  ]);
});

it('tells what waited too long to come again: a request from its own begin, a batch when all of it did', async () => {
  const late = { take: ({ gone }: Asking) => Promise.resolve(!gone()) };
  await expect(inTurn(within, waitFor(late))(tenant)).resolves.toBeUndefined();
  const longAgo = performance.now() - 3_600_000;
  await expect(inTurn(within, waitFor(late))(tenant, longAgo)).rejects.toMatchObject({
    status: 429,
    retryAfterSeconds: 1,
  });
});

it('does not tell batches that came together to come again together', () => {
  const [soonest, latest] = [0, 1].map((share) => batchUntil(() => share) - performance.now());
  expect(Math.round(soonest! / 1_000)).toBe(4);
  expect(Math.round(latest! / 1_000)).toBe(6);
});
