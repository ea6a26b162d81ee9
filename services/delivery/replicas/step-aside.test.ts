import { expect, it } from '@jest/globals';
import { asideAgain, type Aside } from './step-aside.js';

it('steps aside at once, then ever less often where the queue keeps coming back', () => {
  const moments: number[] = [];
  let last: Aside | undefined;
  for (let now = 0; now < 1_200_000; now += 1_000) {
    const next = asideAgain(last, now);
    if (next) moments.push(now);
    last = next ?? last;
  }
  expect(moments.map((at) => at / 1_000)).toEqual([0, 2, 6, 14, 30, 62, 126, 254, 510, 810, 1_110]);
});

it('begins anew where it was not needed for long', () => {
  const last = { waitMs: 256_000, at: 0 };
  expect(asideAgain(last, 255_999)).toBeNull();
  expect(asideAgain(last, 600_001)).toEqual({ waitMs: 2_000, at: 600_001 });
});
