import { expect, it } from '@jest/globals';
import type { Call } from '#bus/records.js';
import { noteCall, notingCalls } from './calls.js';

const asking = async (status: string, times: number): Promise<Call[]> => {
  const calls: Call[] = [];
  await notingCalls(calls, async () => {
    for (let number = 0; number < times; number += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      noteCall({ method: 'POST', status, durationMs: number + 0.4 });
    }
  });
  return calls;
};

it('notes what each of two attempts at once asked, without mixing them', async () => {
  const both = await Promise.all([asking('201', 2), asking('503', 2)]);
  expect(both).toEqual(
    ['201', '503'].map((status) => [
      { method: 'POST', status, durationMs: 0 },
      { method: 'POST', status, durationMs: 1 },
    ]),
  );
});

it('keeps the last twenty of an attempt that asks more', async () => {
  const calls = await asking('200', 25);
  expect(calls.map(({ durationMs }) => durationMs)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 5),
  );
});

it('notes nothing of what is asked for no message', () => {
  expect(() => noteCall({ method: 'GET', status: '200', durationMs: 1 })).not.toThrow();
});
