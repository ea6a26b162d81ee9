import { expect, it } from '@jest/globals';
import {
  freePerSecond,
  nextLevel as next,
  readLeastTurns,
  restPerSecond,
  usualLeast,
  usualPerSecond,
} from './level.js';

const leastPerSecond = 10;
const nextLevel = (level: number, measured: Parameters<typeof next>[1]): number =>
  next(level, measured, leastPerSecond);
const late = (lateMs: number, mostPerSecond: number, held = true) => ({
  lateMs,
  mostPerSecond,
  usualPerSecond: 0,
  held,
  calmMs: 60_000,
});

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

it('knows what is usual by the quietest quarter, and holds nobody who asks for little more than that', () => {
  expect(usualPerSecond([70, 4, 500, 60, 80, 90, 75, 65])).toBe(60);
  expect(usualPerSecond([500, 3])).toBe(3);
  expect(usualPerSecond([])).toBe(0);
  const amongBusy = { ...late(1_000, 60), usualPerSecond: 60 };
  expect(nextLevel(leastPerSecond, amongBusy)).toBeGreaterThan(2 * 60);
  expect(nextLevel(leastPerSecond, { ...amongBusy, lateMs: 0, held: false })).toBeGreaterThan(120);
  expect(nextLevel(leastPerSecond, { ...amongBusy, usualPerSecond: 3 })).toBe(leastPerSecond);
  expect(nextLevel(leastPerSecond, { ...amongBusy, usualPerSecond: 5_000 })).toBe(freePerSecond);
});

/** Where the level comes to after an hour in which all was done in time. */
const afterAnHour = (from: number, held: boolean): number => {
  let level = from;
  for (let rounds = 0; rounds < 36_000; rounds += 1) level = nextLevel(level, late(0, 0, held));
  return level;
};

it('rises as long as all is done in time and somebody waits, until it is no limit', () => {
  expect(nextLevel(leastPerSecond, late(0, 0))).toBeGreaterThan(leastPerSecond);
  expect(afterAnHour(leastPerSecond, true)).toBe(freePerSecond);
  const hardlyInTime = nextLevel(50, late(0.9, 0));
  expect(hardlyInTime).toBeGreaterThan(50);
  const inTime = nextLevel(50, late(0, 0));
  expect(hardlyInTime).toBeLessThan(inTime);
  expect(nextLevel(50, { ...late(0, 0), calmMs: 1_000 })).toBeLessThan(inTime);
});

it('comes to rest where nobody asked for more for long', () => {
  expect(afterAnHour(freePerSecond, false)).toBe(restPerSecond);
  expect(afterAnHour(leastPerSecond, false)).toBe(restPerSecond);
  expect(next(freePerSecond, late(0, 0, false), freePerSecond)).toBe(freePerSecond);
});

it('is told below what it never falls, up to where nobody ever waits', () => {
  const told = (text?: string) => readLeastTurns({ LBBUS_LEAST_TURNS_PER_SECOND: text });
  expect([told(), told(''), told('50')]).toEqual([usualLeast, usualLeast, 50]);
  expect(next(freePerSecond, late(1_000, 200), told('2000'))).toBe(freePerSecond);
  for (const text of ['0', '2001', '2.5', 'all'])
    expect(() => told(text)).toThrow(`"${text}" is not a whole number from 1 to 2000`);
});
