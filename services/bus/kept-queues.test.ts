import { expect, it } from '@jest/globals';
import { createLog } from '#runtime/log.js';
import { BrokerUnavailable, QueueMismatch } from './failures.js';
import { KeptQueues } from './kept-queues.js';

const many = Array.from({ length: 120 }, (_, index) => `many ${index}`);

/** Keeps the queues of `failing` from being made, and tells what was asked for. */
const openKept = () => {
  const asked: (readonly string[])[] = [];
  const failing = new Map<string, Error>();
  const ensureQueues = (queues: readonly string[]): Promise<void> => {
    asked.push(queues);
    const failure = queues.map((queue) => failing.get(queue)).find(Boolean);
    return failure ? Promise.reject(failure) : Promise.resolve();
  };
  return { asked, failing, kept: new KeptQueues({ ensureQueues }, createLog('test', 'silent')) };
};

it('asks for what it did not ask for before, and again for what went in between', async () => {
  const { asked, kept } = openKept();
  await kept.keep(['one', 'two']);
  await kept.keep(['two', 'three']);
  await kept.keep(['one', 'two', 'three']);
  expect(asked).toEqual([['one', 'two'], ['three'], ['one']]);
});

it('asks for few at once, and stops where the broker is away, to ask again for what was not made', async () => {
  const { asked, failing, kept } = openKept();
  failing.set('many 60', new BrokerUnavailable('away'));
  await kept.keep(many);
  expect(asked.map(({ length }) => length)).toEqual([50, 50]);
  failing.clear();
  await kept.keep(many);
  expect(asked.slice(2).map((queues) => [queues[0], queues.length])).toEqual([
    ['many 50', 50],
    ['many 100', 20],
  ]);
});

it('goes on past a queue that stands there with other arguments, which asking again does not mend', async () => {
  const { asked, failing, kept } = openKept();
  failing.set('many 0', new QueueMismatch('many 0', 'x-max-length'));
  await kept.keep(many);
  await kept.keep(many);
  expect(asked.map(({ length }) => length)).toEqual([50, 50, 20]);
});
