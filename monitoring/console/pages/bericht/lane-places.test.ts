import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lanesOf } from './lane-places.ts';

const acceptedAt = '2026-11-01T08:00:00.000Z';
const startMs = Date.parse(acceptedAt);

it('draws each step in order, apart from its neighbours and inside the picture', () => {
  const moments = fc.array(fc.integer({ min: -500, max: 90_000_000 }), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(moments, (afterMs) => {
      const steps = [...afterMs]
        .sort((one, other) => one - other)
        .map((ms, sequence) => ({
          at: new Date(startMs + ms).toISOString(),
          sequence,
          outcome: 'retry',
        }));
      const { lanes, width, startX } = lanesOf({
        acceptedAt,
        targets: [{ target: 'topdesk', steps }],
      });
      const xs = lanes[0]?.dots.map(({ x }) => x) ?? [];
      expect(xs).toHaveLength(steps.length);
      expect(Math.min(...xs)).toBeGreaterThan(startX);
      expect(Math.max(...xs)).toBeLessThanOrEqual(width);
      for (const [index, x] of xs.entries())
        if (index > 0) expect(x - (xs[index - 1] ?? 0)).toBeGreaterThanOrEqual(14);
    }),
    { seed: 7 },
  );
});

it('gives every lane the same axis of time', () => {
  const step = (seconds: number) => ({
    at: new Date(startMs + seconds * 1_000).toISOString(),
    sequence: 1,
    outcome: 'delivered',
  });
  const { lanes, spanMs } = lanesOf({
    acceptedAt,
    targets: [
      { target: 'a', steps: [step(50)] },
      { target: 'b', steps: [step(100)] },
      { target: 'c', steps: [] },
    ],
  });
  const [a, b, c] = lanes.map(({ dots }) => dots[0]?.x);
  expect(spanMs).toBe(100_000);
  expect([a, b, c]).toEqual([537, 884, undefined]);
});
