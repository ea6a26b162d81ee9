import { expect, it } from '@jest/globals';
import { readAgreedMs } from './agreed.js';
import { isWorthTelling } from './remember.js';

it.each([
  [null, 'fine', false],
  [null, 'untried', false],
  [null, 'bad', true],
  ['fine', 'untried', false],
  ['untried', 'fine', false],
  ['fine', 'attention', true],
  ['bad', 'fine', true],
  ['bad', 'attention', true],
  ['fine', 'off', true],
] as const)('that a line went from %s to %s is told: %s', (before, now, told) => {
  expect(isWorthTelling(before, now)).toBe(told);
});

it('reads what was agreed, a minute where nothing was, and refuses what makes no sense', () => {
  expect(readAgreedMs({})).toBe(60_000);
  expect(readAgreedMs({ LBBUS_AGREED_SECONDS: '90' })).toBe(90_000);
  for (const text of ['0', 'soon', '1.5', '86401'])
    expect(() => readAgreedMs({ LBBUS_AGREED_SECONDS: text })).toThrow('LBBUS_AGREED_SECONDS');
});
