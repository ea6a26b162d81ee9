import { expect, it, jest } from '@jest/globals';
import { DatabaseUnavailable } from './database-unavailable.js';
import { apart, Together } from './together.js';

/** Batches that end when the test says so. */
const held = () => {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const all = async (items: readonly string[]): Promise<string[]> => {
    batches.push([...items]);
    await new Promise<void>((resolve) => ends.push(resolve));
    return items.map((item) => `${item} done`);
  };
  return { batches, all, end: () => ends.shift()?.() };
};

const tenantOf = (item: string): string => item.slice(0, item.lastIndexOf('/'));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('does what comes while others are under way in one go, each with its own answer', async () => {
  const { batches, all, end } = held();
  const together = new Together({ tenantOf, keysOf: (item: string) => [item], all });
  const first = [together.do('a'), together.do('b')];
  await turn();
  const second = together.do('c');
  await turn();
  const third = [together.do('d'), together.do('e')];
  await turn();
  expect(batches).toEqual([['a', 'b']]);
  end();
  expect(await Promise.all(first)).toEqual(['a done', 'b done']);
  await turn();
  expect(batches[1]).toEqual(['c', 'd', 'e']);
  end();
  expect(await Promise.all([second, ...third])).toEqual(['c done', 'd done', 'e done']);
});

it('does not keep waiting those who are as many as go together, but no third crowd', async () => {
  const { batches, all, end } = held();
  const together = new Together({ tenantOf, keysOf: (item: string) => [item], all });
  const done = [together.do('first/1')];
  await turn();
  for (const crowd of ['second', 'third']) {
    for (let index = 0; index < 10; index += 1) done.push(together.do(`${crowd}/${index}`));
    await turn();
  }
  expect(batches.map(({ length }) => length)).toEqual([1, 10]);
  end();
  end();
  await turn();
  await turn();
  expect(batches[2]).toHaveLength(10);
  end();
  await Promise.all(done);
});

it('takes of one tenant so many at a time, so that nobody waits behind its crowd', async () => {
  const { batches, all, end } = held();
  const together = new Together({ tenantOf, keysOf: (item: string) => [item], all });
  const crowd = Array.from({ length: 25 }, (_, index) => `flood/${index}`);
  const done = [...crowd, 'quiet/1'].map((item) => together.do(item));
  await turn();
  expect(batches[0]).toEqual([...crowd.slice(0, 10), 'quiet/1']);
  for (let batch = 0; batch < 3; batch += 1) {
    end();
    await turn();
    await turn();
  }
  await Promise.all(done);
  expect(batches.flat().filter((item) => item !== 'quiet/1')).toEqual(crowd);
});

it('never does two with the same key at once in a batch, and keeps their order', async () => {
  const { batches, all, end } = held();
  const together = new Together({ tenantOf, keysOf: (item: string) => [item[0] ?? ''], all });
  const done = ['a1', 'b1', 'a2', 'a3'].map((item) => together.do(item));
  for (const many of [1, 2, 3]) {
    await turn();
    expect(batches).toHaveLength(many);
    end();
    await turn();
  }
  await Promise.all(done);
  expect(batches).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
});

it('does on its own what could not be done with the others', async () => {
  const one = jest.fn((item: string) => Promise.resolve(`${item} alone`));
  const together = new Together<string, string>({
    tenantOf,
    keysOf: (item) => [item],
    all: (items) => Promise.resolve(items.map((item) => (item === 'b' ? apart : item))),
    one,
  });
  expect(await Promise.all([together.do('a'), together.do('b')])).toEqual(['a', 'b alone']);
  expect(one).toHaveBeenCalledTimes(1);
});

it('lets only the one fail that is at fault, and answers null where that is what came of it', async () => {
  const together = new Together<string, string | null>({
    tenantOf,
    keysOf: (item) => [item],
    all: async (items) => {
      await turn();
      if (items.includes('bad')) throw new Error('22P02');
      return items.map((item) => (item === 'none' ? null : item));
    },
  });
  const done = ['a', 'bad', 'none'].map((item) => together.do(item));
  expect(await Promise.allSettled(done)).toEqual([
    { status: 'fulfilled', value: 'a' },
    { status: 'rejected', reason: new Error('22P02') },
    { status: 'fulfilled', value: null },
  ]);
});

it('asks a PostgreSQL that is away once for all of them', async () => {
  const away = new DatabaseUnavailable('PostgreSQL does not answer', '08006', { forAll: true });
  const all = jest.fn(() => Promise.reject(away));
  const together = new Together<string, string>({ tenantOf, keysOf: (item) => [item], all });
  const done = ['a', 'b', 'c'].map((item) => together.do(item));
  for (const { status } of await Promise.allSettled(done)) expect(status).toBe('rejected');
  expect(all).toHaveBeenCalledTimes(1);
});
