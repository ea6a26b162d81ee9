import { expect, it } from '@jest/globals';
import { leaveMsFrom } from './leaving.js';

it('goes on for no time, or as long as it is told', () => {
  expect(leaveMsFrom({})).toBe(0);
  expect(leaveMsFrom({ LBBUS_LEAVE_SECONDS: '' })).toBe(0);
  expect(leaveMsFrom({ LBBUS_LEAVE_SECONDS: '2.5' })).toBe(2_500);
});

it.each(['soon', '-1', '11'])('refuses %s with what to give', (text) => {
  expect(() => leaveMsFrom({ LBBUS_LEAVE_SECONDS: text })).toThrow('give a number from 0 to 10');
});
