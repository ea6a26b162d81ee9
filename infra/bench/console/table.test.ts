import { expect, it } from '@jest/globals';
import type { Looked } from './console.js';
import { linesOf, meetsBars } from './table.js';

const quick = [100, 110, 120];
const looked: Looked = {
  ...{ tenants: 300, messages: 10_000_000, first: quick, again: quick, live: quick },
  searches: new Map([['all that waits', quick]]),
};

it('tells of each wait the half, the most of it and the longest, beside what may pass', () => {
  expect(linesOf(looked).map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['300 tenants, 10000000 messages'],
    ['p50', 'p95', 'longest', 'bar'],
    ['overview, the first time in this browser', '110 ms', '120 ms', '120 ms', '1500 ms'],
    ['overview, again', '110 ms', '120 ms', '120 ms', '1500 ms'],
    ['messages, all that waits', '110 ms', '120 ms', '120 ms', '300 ms'],
    ['an act of somebody else is seen', '110 ms', '120 ms', '120 ms', '2000 ms'],
  ]);
});

it('misses its bar where one kind of wait does, be it one time in ten', () => {
  expect(meetsBars(looked)).toBe(true);
  const late = [...Array.from({ length: 9 }, () => 100), 301];
  expect(meetsBars({ ...looked, searches: new Map([['all', late]]) })).toBe(false);
  expect(meetsBars({ ...looked, live: [2_001] })).toBe(false);
});
