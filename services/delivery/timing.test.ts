import { expect, it } from '@jest/globals';
import { busyMs, timing, timingFrom } from './timing.js';

it('takes the deadline of an attempt from the environment', () => {
  expect(timingFrom({})).toBe(timing);
  expect(busyMs(timingFrom({ LBBUS_SEND_DEADLINE_SECONDS: '3' }))).toBe(3_000 + timing.marginMs);
});

it.each(['0', '301', 'soon'])('refuses a deadline of %s', (text) => {
  expect(() => timingFrom({ LBBUS_SEND_DEADLINE_SECONDS: text })).toThrow(/from 1 to 300/);
});
