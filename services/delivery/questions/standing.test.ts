import { expect, it } from '@jest/globals';
import { questionBackoffMs } from './backoff.js';
import { mostReturns, standingOf } from './standing.js';

const known = {
  digest: 'd',
  state: 'asked',
  returns: 0,
  hold_code: null,
  hold_detail: null,
} as const;
const question = { digest: 'd', remainingMs: 1_000 };

it('asks what is new, and tells again what has ended', () => {
  expect(standingOf(known, question)).toEqual({ kind: 'ask' });
  for (const state of ['answered', 'expired'] as const)
    expect(standingOf({ ...known, state }, { ...question, remainingMs: 0 })).toEqual({
      kind: 'tell',
    });
});

it('never takes another question for the one it knows', () => {
  for (const state of ['asked', 'answered', 'cancelled', 'expired'] as const)
    expect(standingOf({ ...known, state }, { ...question, digest: 'other' })).toEqual({
      kind: 'conflict',
    });
});

it.each([
  ['cancelled', { state: 'cancelled' }, 1_000, 'lapsed'],
  [null, {}, 0, 'lapsed'],
  ['poison', { returns: mostReturns }, 1_000, 'refused'],
  ['unauthorized', { hold_code: 'unauthorized', hold_detail: 'x' }, 1_000, 'refused'],
] as const)('ends as %s without asking', (code, facts, remainingMs, kind) => {
  expect(standingOf({ ...known, ...facts }, { ...question, remainingMs })).toEqual({
    kind: 'end',
    ending: expect.objectContaining({ kind, code }),
  });
});

it('asks again soon, ever later, and never before the system wants to be asked', () => {
  const waits = [1, 2, 3, 4, 10, 50].map((attempt) => questionBackoffMs(attempt, 0.5));
  expect(waits).toEqual([250, 500, 1_000, 2_000, 10_000, 10_000]);
  expect([questionBackoffMs(1, 0), questionBackoffMs(1, 1)]).toEqual([188, 313]);
  expect(questionBackoffMs(1, 0, 20_000)).toBe(20_000);
});
