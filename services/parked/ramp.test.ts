import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rampStepMs, releasedIn, secondsFor } from './ramp.js';

it('begins with 1, 2, 5, 10 per second and goes on at the rate', () => {
  const perSecond = [0, 1, 2, 3, 4].map(
    (step) => (releasedIn((step + 1) * rampStepMs, 10) - releasedIn(step * rampStepMs, 10)) / 5,
  );
  expect(perSecond).toEqual([1, 2, 5, 10, 10]);
  expect(releasedIn(1_000, 1)).toBe(1);
});

it('never goes faster than the rate, and never back', () => {
  const times = fc.nat({ max: 3_600_000 });
  fc.assert(
    fc.property(times, times, fc.integer({ min: 1, max: 1_000 }), (one, more, rate) => {
      const between = releasedIn(one + more, rate) - releasedIn(one, rate);
      return between >= 0 && between <= (rate * more) / 1_000 + 1e-6;
    }),
  );
});

it('tells the time that so many take', () => {
  expect(secondsFor(5, 1)).toBe(5);
  expect(secondsFor(40, 10)).toBe(15);
  expect(secondsFor(50_000, 100)).toBe(526);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      (n, rate) => releasedIn(secondsFor(n, rate) * 1_000, rate) >= n - 1e-6,
    ),
  );
});
