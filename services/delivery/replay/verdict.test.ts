import { expect, it } from '@jest/globals';
import { Pace } from './pace.js';
import { stopReason } from './verdict.js';

const progress = (delivered: number, failed: number, retrying = 0) => ({
  ...{ left: true, released: retrying },
  ...{ delivered, failed, retrying },
});

it.each([
  ['too few have ended', progress(0, 9), 20],
  ['just as many failed as may', progress(80, 20), 20],
  ['all may fail', progress(0, 50), 100],
])('goes on where %s', (_, how, percent) => {
  expect(stopReason(how, percent)).toBeNull();
});

it('stops where more failed, also where they are being tried again', () => {
  expect(stopReason(progress(79, 21), 20)).toBe('21 of 100 failed, which is more than 20 %');
  expect(stopReason(progress(8, 1, 1), 10)).toBe('2 of 10 failed, which is more than 10 %');
});

it('gives what the ramp allows, forgets what was not made use of, and never makes up for an absence', () => {
  const pace = new Pace(10, 1_000, 0);
  expect(pace.take(0)).toBe(1);
  expect(pace.take(400)).toBe(0);
  expect(pace.take(500)).toBe(1);
  expect(pace.take(1_000)).toBe(1);
  expect(pace.take(3_600_000)).toBe(10);
  expect(pace.take(3_600_050)).toBe(0);
  expect(pace.take(3_600_100)).toBe(1);
});
