import { describe, expect, it } from '@jest/globals';
import { growthOf, isSteady, tableOf, type Sample } from './growth.js';

const mib = 1_048_576;

/** Half an hour, a sample each ten seconds; the heap goes up and down between collections. */
const samplesOf = (heapAt: (minute: number) => number): Sample[] =>
  Array.from({ length: 180 }, (_, index) => {
    const minute = index / 6;
    const heapBytes = (heapAt(minute) + (index % 7) * 4) * mib;
    return { atMs: index * 10_000, heapBytes, rssBytes: 200 * mib };
  });

describe('memory over half an hour', () => {
  it('is steady where the heap comes down to the same each time', () => {
    const growth = growthOf(
      'delivery-0',
      samplesOf(() => 80),
    );
    expect(growth && isSteady(growth, 0)).toBe(true);
  });

  it('is steady where it only grew while it warmed up', () => {
    const growth = growthOf(
      'gateway-0',
      samplesOf((minute) => 40 + 10 * Math.min(minute, 9)),
    );
    expect(growth && isSteady(growth, 0)).toBe(true);
  });

  it('is not where the heap leaks a little each minute', () => {
    const growth = growthOf(
      'delivery-0',
      samplesOf((minute) => 80 + minute),
    );
    expect(growth && Math.round((growth.heapTo - growth.heapFrom) / mib)).toBeGreaterThan(16);
    expect(growth && isSteady(growth, 1_000)).toBe(false);
    expect(growth && tableOf([growth], 1_000)[1]).toMatch(/delivery-0 .* no$/);
  });

  it('may grow by what is remembered of messages', () => {
    const growth = growthOf(
      'gateway-0',
      samplesOf((minute) => 80 + minute / 2),
    );
    expect(growth && isSteady(growth, 0)).toBe(false);
    expect(growth && isSteady(growth, 30_000)).toBe(true);
  });

  it('says nothing of a few samples', () => {
    expect(growthOf('gateway-0', samplesOf(() => 80).slice(0, 10))).toBeNull();
  });
});
