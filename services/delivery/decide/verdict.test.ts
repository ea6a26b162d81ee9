import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Failure } from '#kit/failure.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import { backoffMs, patienceMs } from './backoff.js';
import { framesOf, troubleOf, type Place } from './trouble.js';
import { verdictOn, type History } from './verdict.js';

const place: Place = { stage: 'send', connector: 'archief', late: false };
const first: History = { attempt: 1, formerCode: null, failingForMs: 0, remainingMs: null };
const failed = (error: unknown, history: Partial<History> = {}, at: Partial<Place> = {}) =>
  verdictOn(troubleOf(error, { ...place, ...at }), { ...first, ...history }, 0.5);

const unavailable = new Failure('retry', 'The archive answers 503', { code: 'unavailable' });
const limited = new Failure('retry', 'The archive asks for patience', {
  code: 'rate-limited',
  retryAfterMs: 30_000,
});

it.each([
  ['a retry waits', unavailable, {}, { kind: 'retry', code: 'unavailable', waitMs: 1_000 }],
  ['it waits longer each time', unavailable, { attempt: 5 }, { kind: 'retry', waitMs: 16_000 }],
  ['Retry-After is honoured', limited, {}, { kind: 'retry', waitMs: 30_000 }],
  [
    'a day later its time is used up',
    unavailable,
    { attempt: 36, failingForMs: patienceMs },
    { kind: 'parked', code: 'exhausted' },
  ],
  [
    'a clock that jumped a day does not use it up',
    unavailable,
    { attempt: 2, failingForMs: patienceMs },
    { kind: 'retry' },
  ],
  [
    'a reject is parked for its sender, with the place',
    new Failure('reject', 'No such category', { code: 'unknown-value', pointer: '/data/x' }),
    {},
    { kind: 'rejected', code: 'unknown-value', detail: 'No such category (/data/x)' },
  ],
  [
    'a pause holds the line',
    new Failure('pause', 'The password is refused', { code: 'unauthorized' }),
    {},
    { kind: 'held', code: 'unauthorized', pauses: true },
  ],
  ['an unknown error is tried again', new TypeError('x'), {}, { kind: 'retry' }],
  [
    'an unknown error is parked after four attempts',
    new TypeError('x'),
    { attempt: 4, formerCode: 'unclassified' },
    { kind: 'parked', code: 'unclassified' },
  ],
  [
    'an unknown error after an outage is tried again',
    new TypeError('x'),
    { attempt: 9, formerCode: 'unavailable' },
    { kind: 'retry' },
  ],
  [
    'a question whose time runs out before the next attempt expires',
    unavailable,
    { remainingMs: 900 },
    { kind: 'expired' },
  ],
])('%s', (_, error, history, expected) => {
  expect(failed(error, history)).toMatchObject(expected);
});

it('an attempt cut off by our deadline is a time-out that may have acted', () => {
  expect(failed(new Error('aborted'), {}, { late: true })).toMatchObject({
    kind: 'retry',
    code: 'timeout',
    mayHaveActed: true,
  });
});

it.each([
  ['a lost reply', unavailable, 'send', true],
  ['an answer that says wait', limited, 'send', false],
  ['a mapping that fails', new TypeError('x'), 'map', false],
])('%s: may the other side have acted?', (_, error, stage, expected) => {
  expect(troubleOf(error, { ...place, stage }).mayHaveActed).toBe(expected);
});

it("knows the bus's own PostgreSQL from a system that is away", () => {
  const cause = new DatabaseUnavailable('PostgreSQL is full', '53100', { forAll: false });
  const ours = new Failure('retry', 'It cannot be written now', { code: 'unavailable', cause });
  expect(troubleOf(ours, place).ours).toBe(true);
  expect(troubleOf(unavailable, place).ours).toBe(false);
});

it('tells neither operator nor log the text of an error that may quote a body', () => {
  const error = new SyntaxError('Unexpected token "An Voorbeeld"');
  expect(JSON.stringify([troubleOf(error, place), framesOf(error)])).not.toContain('Voorbeeld');
  expect(framesOf(error)[0]).toMatch(/^at /);
});

it('tries for at least a day before it gives up, however the waits fall', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (chances) => {
      let failingForMs = 0;
      for (let attempt = 1; ; attempt++) {
        const outcome = failed(unavailable, { attempt, failingForMs });
        if (outcome.kind === 'parked') break;
        failingForMs += backoffMs(attempt, chances.next().value as number);
      }
      expect(failingForMs).toBeGreaterThanOrEqual(patienceMs);
      expect(failingForMs).toBeLessThan(patienceMs + 2 * 3_600_000);
    }),
    { numRuns: 50 },
  );
});
