import { expect, it } from '@jest/globals';
import type { LeasedRow, Leased } from './leases.js';
import { leaseInTime, type PullParts } from './postvak.js';

const place = { tenant: 'aalter', postvak: 'meldpunt' };
const wish = { place, max: 10, leaseSeconds: 60, waitMs: 20_000, gone: () => false };
const message = { id: '1' } as LeasedRow;
const nothing: Leased = { rows: [], lies: false };

/** A postvak in which each look finds the next of these, and how long it was waited for after each. */
const postvakOf = (...looks: Leased[]) => {
  const waitedMs: number[] = [];
  const parts = {
    database: { scoped: () => Promise.resolve(looks.shift() ?? nothing) },
    bell: {
      hear: () => ({
        rung: (ms: number) => Promise.resolve(String(waitedMs.push(ms))),
        close: () => undefined,
      }),
    },
    leaving: () => false,
  } as unknown as PullParts;
  return { parts, waitedMs };
};

it('waits for the bell where nothing lies there, however long, and looks again soon where something is not free yet', async () => {
  const found = { rows: [message], lies: true };
  const { parts, waitedMs } = postvakOf(nothing, { rows: [], lies: true }, found);
  expect(await leaseInTime(parts, wish)).toEqual([message]);
  const [empty = 0, taken = 0] = waitedMs;
  expect(waitedMs).toHaveLength(2);
  expect(empty).toBeGreaterThan(19_000);
  expect(taken).toBe(1_000);
});

it('takes nothing for a caller that has left, and no longer than it waits', async () => {
  const { parts, waitedMs } = postvakOf({ rows: [message], lies: true });
  expect(await leaseInTime(parts, { ...wish, gone: () => true })).toEqual([]);
  expect(await leaseInTime(postvakOf().parts, { ...wish, waitMs: 0 })).toEqual([]);
  expect(waitedMs).toEqual([]);
});
