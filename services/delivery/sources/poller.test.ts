import { expect, it } from '@jest/globals';
import { longestDue } from './poller.js';

const turn = (name: string, nextAt: number, running = false) => ({
  name,
  plan: { nextAt, running },
});
const namesOf = (turns: readonly { readonly name: string }[]): string[] =>
  turns.map(({ name }) => name);

it('lets the source go first that has waited longest, wherever its tenant stands in the list', () => {
  const turns = [turn('aalter', 90), turn('beringen', 80), turn('zoersel', 10)];
  expect(namesOf(longestDue(turns, 100, 2))).toEqual(['zoersel', 'beringen']);
});

it('leaves out what runs and what is not due, and starts nothing where there is no place', () => {
  const turns = [turn('aalter', 10, true), turn('beringen', 110), turn('zoersel', 100)];
  expect(namesOf(longestDue(turns, 100, 5))).toEqual(['zoersel']);
  expect(longestDue(turns, 100, 0)).toEqual([]);
  expect(longestDue(turns, 100, -3)).toEqual([]);
});
