import { expect, it } from '@jest/globals';
import { preferredWaitSeconds } from './prefer.js';

it.each([
  [undefined, 0],
  ['', 0],
  ['wait=10', 10],
  ['WAIT = 10', 10],
  ['wait="7"', 7],
  ['wait=31', 30],
  ['wait=999999999', 30],
  ['respond-async, wait=5', 5],
  ['wait=5; some=parameter, wait=9', 5],
  ['note="wait=9, or not", wait=4', 4],
  [['respond-async', 'wait=3'], 3],
  ['wait=0', 0],
  ['wait=', 0],
  ['wait=-1', 0],
  ['wait=1.5', 0],
  ['wait=long', 0],
  ['wait', 0],
  ['await=5', 0],
  ['return=minimal', 0],
  ['"'.repeat(10_000), 0],
])('of %j a caller would wait %i seconds', (header, seconds) => {
  expect(preferredWaitSeconds(header)).toBe(seconds);
});
