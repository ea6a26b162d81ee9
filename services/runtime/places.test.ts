import { expect, it } from '@jest/globals';
import { Places } from './places.js';

/** Work that ends when it is told to. */
const held = () => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: () => ended, end };
};

it('lets those who wait take turns, so that a crowd of one delays nobody else', async () => {
  const places = new Places(1, Infinity);
  const first = held();
  const order: string[] = [];
  const running = [places.during('crowd', first.work)];
  const come = (who: string, name: string): void => {
    running.push(places.during(who, () => Promise.resolve(void order.push(name))));
  };
  for (const number of [1, 2, 3]) come('crowd', `crowd ${number}`);
  come('quiet', 'quiet 1');
  come('other', 'other 1');
  come('quiet', 'quiet 2');
  first.end();
  await Promise.all(running);
  expect(order).toEqual(['crowd 1', 'quiet 1', 'other 1', 'crowd 2', 'quiet 2', 'crowd 3']);
});

it('gives its place back also where the work fails, and to nobody twice', async () => {
  const places = new Places(2, 20);
  await expect(places.during('a', () => Promise.reject(new Error('failed')))).rejects.toThrow();
  const holds = [held(), held()];
  const running = holds.map(({ work }) => places.during('a', work));
  await expect(places.during('b', () => Promise.resolve())).rejects.toMatchObject({
    message: 'no database connection of this process was free within 20 ms',
  });
  for (const { end } of holds) end();
  await Promise.all(running);
  await expect(places.during('b', () => Promise.resolve('in'))).resolves.toBe('in');
});

it('tells everybody in line what there is nothing to wait for', async () => {
  const places = new Places(1, Infinity);
  const first = held();
  const running = places.during('a', first.work);
  const waiting = ['a', 'b', 'b'].map((who) => places.during(who, () => Promise.resolve()));
  places.refuse(new Error('away'));
  for (const one of waiting) await expect(one).rejects.toThrow('away');
  first.end();
  await running;
});
