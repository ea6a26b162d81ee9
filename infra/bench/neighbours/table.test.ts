import { expect, it } from '@jest/globals';
import { factorAt, meetsBar, tableOf } from './table.js';

const time = (busy: number, ...waitsMs: number[]) => ({
  busy,
  waits: waitsMs.map((toMs) => ({ tenant: 'aalter', target: 'topdesk', fromMs: 0, toMs })),
});
const pair = (busy: number, besideMs: number) => ({
  perSecond: 8,
  alone: time(busy, 10, 20, 30, 40),
  beside: time(0.7, 20, 30, 45, besideMs),
});

it('compares how long the neighbours waited without and with the troubles of others', () => {
  const both = pair(0.4, 80);
  expect(factorAt(both, 0.5)).toBe(1.5);
  expect(factorAt(both, 0.95)).toBe(2);
  expect(tableOf([both]).map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['busy', 'messages', 'p50', 'p95', 'p99'],
    ['8 a second, alone', '40 %', '4', '20 ms', '40 ms', '40 ms'],
    ['8 a second, beside them', '70 %', '4', '30 ms', '80 ms', '80 ms'],
    ['x 1.50', 'x 2.00', 'x 2.00'],
  ]);
});

it('holds the bar where the machine has room for the neighbours as it is planned, and needs one such rate', () => {
  expect(meetsBar([pair(0.5, 80), pair(0.51, 400)])).toBe(true);
  expect(meetsBar([pair(0.4, 81), pair(0.5, 80)])).toBe(false);
  expect(meetsBar([pair(0.51, 80)])).toBe(false);
});
