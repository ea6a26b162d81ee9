import { setImmediate as turn } from 'node:timers/promises';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { Refusal } from '#intake/refusal.js';
import { postBatch, type BatchParts } from './batch.js';
import { readBatch } from './events.js';
import type { Caller } from './caller.js';

const requestWith = (text: string): IncomingMessage =>
  Object.assign(Readable.from([Buffer.from(text)]), {
    headers: { 'content-length': String(Buffer.byteLength(text)) },
    complete: true,
  }) as unknown as IncomingMessage;
const requestOf = (events: readonly object[]): IncomingMessage =>
  requestWith(JSON.stringify(events));

const caller = {
  language: 'nl',
  requestId: 'r',
  access: { tenant: { id: 'gent' }, credential: { tenant: 'gent' } },
} as unknown as Caller;

/** A door whose messages enter when the test lets them, and what it has of them. */
const door = () => {
  const begun: string[] = [];
  const ways = new Map<string, { enter: () => void; fail: () => void }>();
  let counted = 0;
  let mayCome = Infinity;
  const parts = {
    accept: (event: { id: string }) =>
      new Promise((resolve, reject) => {
        begun.push(event.id);
        ways.set(event.id, {
          enter: () => resolve({ id: event.id }),
          fail: () => reject(new Refusal('broker-unavailable', 503)),
        });
      }),
    metrics: { refused: { inc: () => undefined } },
    count: () => {
      if ((counted += 1) < mayCome) return Promise.resolve();
      return Promise.reject(new Refusal('rate-limited', 429));
    },
    wait: () => Promise.reject(new Refusal('rate-limited', 429)),
    times: { batchMs: 10_000 },
  } as unknown as BatchParts;
  return {
    parts,
    ways,
    /** The ids that are being accepted, once there are so many. */
    begunOf: async (count: number): Promise<readonly string[]> => {
      while (begun.length < count) await turn();
      await turn();
      return begun;
    },
    limitTo: (messages: number) => (mayCome = messages),
  };
};

const statusesOf = (answer: { readonly body?: unknown }): readonly number[] =>
  (answer.body as { results: { status: number }[] }).results.map(({ status }) => status);

it('takes items beside each other, but those about one subject and repeats one after the other', async () => {
  const { parts, ways, begunOf } = door();
  const answering = postBatch(
    requestOf([
      { id: 'a', subject: 'urn:1' },
      { id: 'b', subject: 'urn:1' },
      { id: 'c', subject: 'urn:2' },
      { id: 'c', subject: 'urn:3' },
      { id: 'd', subject: { toString: 1 } },
      { id: 'e', subject: 'urn:1' },
    ]),
    parts,
    caller,
  );
  expect(await begunOf(3)).toEqual(['a', 'c', 'd']);
  ways.get('a')?.fail();
  expect(await begunOf(4)).toEqual(['a', 'c', 'd', 'b']);
  ways.get('b')?.enter();
  expect(await begunOf(5)).toEqual(['a', 'c', 'd', 'b', 'e']);
  ways.get('c')?.enter();
  expect(await begunOf(6)).toEqual(['a', 'c', 'd', 'b', 'e', 'c']);
  for (const { enter } of ways.values()) enter();
  const answer = await answering;
  expect(statusesOf(answer)).toEqual([503, 202, 202, 202, 202, 202]);
  expect(answer.headers).toMatchObject({ 'retry-after': '5' });
});

it('has no more than 32 under way, and none after the first that is over the rate', async () => {
  const { parts, ways, begunOf, limitTo } = door();
  const events = Array.from({ length: 60 }, (_, index) => ({ id: `${index}` }));
  limitTo(40);
  const answering = postBatch(requestOf(events), parts, caller);
  expect(await begunOf(32)).toHaveLength(32);
  ways.get('1')?.enter();
  expect(await begunOf(32)).toHaveLength(32);
  ways.get('0')?.enter();
  expect(await begunOf(34)).toHaveLength(34);
  for (let next = 2; next < 40; next += 1) {
    await begunOf(next + 1);
    ways.get(String(next))?.enter();
  }
  const statuses = statusesOf(await answering);
  expect(statuses).toEqual(events.map((_, index) => (index < 40 ? 202 : 429)));
});

it('looks at large batches piece by piece, all of them, and at the next after one that is not JSON', async () => {
  const items = Array.from({ length: 40 }, (_, index) => `{"id":"${index}${' '.repeat(10_000)}"}`);
  const read = (texts: readonly string[]) => readBatch(requestWith(`[${texts.join(',')}]`), 10_000);
  const broken = [...items.slice(0, 35), '{"id":}', ...items.slice(36)];
  const [first, second, third] = await Promise.allSettled([read(broken), read(items), read(items)]);
  expect(first).toMatchObject({ status: 'rejected', reason: { code: 'not-json' } });
  for (const whole of [second, third]) {
    if (whole.status === 'rejected') throw whole.reason;
    expect(whole.value.map((item) => Number((item() as { id: string }).id))).toEqual([
      ...items.keys(),
    ]);
  }
});

it('does not look at what a large batch says before its turn', async () => {
  const { parts } = door();
  const request = requestOf([{ id: 'x'.repeat(200_000) }]);
  await expect(postBatch(request, parts, caller)).rejects.toMatchObject({ code: 'rate-limited' });
  expect(request.readableDidRead).toBe(false);
});
