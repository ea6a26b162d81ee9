import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { preferredOf } from './preferred.js';

const names = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 8 });
const keys = Array.from({ length: 1_000 }, (_, number) => `tenant${number % 40}/target${number}`);
const shares = (replicas: readonly string[]): Map<string, string> =>
  new Map(keys.map((key) => [key, preferredOf(key, replicas) ?? '']));

it('gives each replica about its share', () => {
  fc.assert(
    fc.property(names, (replicas) => {
      const counts = new Map(replicas.map((replica) => [replica, 0]));
      for (const replica of shares(replicas).values())
        counts.set(replica, (counts.get(replica) ?? 0) + 1);
      const fair = keys.length / replicas.length;
      for (const count of counts.values()) {
        expect(count).toBeGreaterThan(0.65 * fair);
        expect(count).toBeLessThan(1.35 * fair);
      }
    }),
    { seed: 5, numRuns: 10 },
  );
});

it('moves nothing but what one that joins gets, and nothing but what one that leaves had', () => {
  fc.assert(
    fc.property(names, fc.uuid(), (replicas, joining) => {
      fc.pre(!replicas.includes(joining));
      const before = shares(replicas);
      const after = shares([...replicas, joining]);
      const moved = keys.filter((key) => before.get(key) !== after.get(key));
      expect(moved.every((key) => after.get(key) === joining)).toBe(true);
      expect(moved.length).toBeLessThan((1.4 * keys.length) / (replicas.length + 1));
    }),
    { seed: 6, numRuns: 10 },
  );
});

it('is the same for all, in whatever order they know each other', () => {
  fc.assert(
    fc.property(names, fc.string(), (replicas, key) => {
      expect(preferredOf(key, [...replicas].reverse())).toBe(preferredOf(key, replicas));
    }),
    { seed: 7 },
  );
});

it('is nobody where nobody is known', () => {
  expect(preferredOf('aalter/topdesk', [])).toBeUndefined();
});
