import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs, fewestAttempts, patienceMs } from './backoff.js';

const chance = fc.double({ min: 0, max: 1, noNaN: true });

it('doubles from one second to one hour', () => {
  const waits = [1, 2, 3, 4, 12, 13, 40].map((attempt) => backoffMs(attempt, 0.5));
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 2_048_000, 3_600_000, 3_600_000]);
});

it('never waits less than a second or more than an hour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), chance, (attempt, by) => {
      const waitMs = backoffMs(attempt, by);
      expect(waitMs).toBeGreaterThanOrEqual(1_000);
      expect(waitMs).toBeLessThanOrEqual(3_600_000);
    }),
  );
});

it('spreads messages that failed together over half the wait', () => {
  expect([0, 1].map((by) => backoffMs(5, by))).toEqual([12_000, 20_000]);
});

it('waits as long as the other side asks, up to an hour', () => {
  expect(backoffMs(1, 0.5, 90_000)).toBe(90_000);
  expect(backoffMs(1, 0.5, 86_400_000)).toBe(3_600_000);
  expect(backoffMs(9, 0.5, 1_000)).toBe(256_000);
});

it('reaches the longest wait only after the attempts that a jumping clock cannot skip', () => {
  expect(backoffMs(fewestAttempts, 0.5)).toBe(3_600_000);
  expect(backoffMs(fewestAttempts - 1, 0.5)).toBeLessThan(3_600_000);
  expect(patienceMs).toBe(86_400_000);
});
