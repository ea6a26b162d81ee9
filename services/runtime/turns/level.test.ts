import { expect, it } from '@jest/globals';
import { freePerSecond, leastPerSecond, nextLevel } from './level.js';

const late = (lateMs: number, mostPerSecond: number) => ({ lateMs, mostPerSecond });

it('falls at once below what the busiest tenant does, and never below what each may begin', () => {
  const fallen = nextLevel(freePerSecond, late(30, 200));
  expect(fallen).toBeLessThan(200);
  expect(fallen).toBeGreaterThan(leastPerSecond);
  expect(nextLevel(leastPerSecond, late(1_000, 200))).toBe(leastPerSecond);
  expect(nextLevel(freePerSecond, late(1_000, 0))).toBe(leastPerSecond);
});

it('falls less where it is hardly late, and more the later it is', () => {
  const [hardly, late2] = [nextLevel(100, late(1.1, 200)), nextLevel(100, late(30, 200))];
  expect(hardly).toBeGreaterThan(late2);
  expect(hardly).toBeLessThan(100);
});

it('rises as long as all is done in time, until it is no limit, also where nobody asks for anything', () => {
  let level = leastPerSecond;
  for (let rounds = 0; level < freePerSecond; rounds += 1) {
    const next = nextLevel(level, late(0, 0));
    expect(next).toBeGreaterThan(level);
    level = next;
    expect(rounds).toBeLessThan(1_000);
  }
  expect(nextLevel(level, late(0, 0))).toBe(freePerSecond);
});
