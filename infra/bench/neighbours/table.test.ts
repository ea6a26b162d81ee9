import { expect, it } from '@jest/globals';
import { factorAt, tableOf } from './table.js';

const time = (words: string, ...waitsMs: number[]) => ({
  words,
  waits: waitsMs.map((toMs) => ({ tenant: 'aalter', target: 'topdesk', fromMs: 0, toMs })),
});

it('compares how long the neighbours waited without and with the troubles of others', () => {
  const alone = time('alone', 10, 20, 30, 40);
  const beside = time('beside', 20, 30, 45, 80);
  expect(factorAt(alone, beside, 0.5)).toBe(1.5);
  expect(factorAt(alone, beside, 0.95)).toBe(2);
  expect(tableOf(alone, beside).map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['messages', 'p50', 'p95', 'p99'],
    ['alone', '4', '20 ms', '40 ms', '40 ms'],
    ['beside', '4', '30 ms', '80 ms', '80 ms'],
    ['x 1.50', 'x 2.00', 'x 2.00'],
  ]);
});
