import { expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '#infra/testing/until.js';
import { kept, keptBehind, shared } from './kept.js';

const hourMs = 3_600_000;

it('reads once for all who ask while it is fresh', async () => {
  let reads = 0;
  const count = kept(hourMs, () => Promise.resolve((reads += 1)));
  expect(await Promise.all([count(), count()])).toEqual([1, 1]);
  expect(await count()).toBe(1);
});

it('reads again once it is not fresh any more', async () => {
  let reads = 0;
  const count = kept(0, () => Promise.resolve((reads += 1)));
  const first = await count();
  while ((await count()) === first);
  expect(await count()).toBeGreaterThan(first);
});

it('rests where reading was slow twice, and not where it was slow once', async () => {
  let reads = 0;
  const count = kept(0, async () => {
    reads += 1;
    if (reads !== 2) await pause(200);
    return reads;
  });
  for (const number of [1, 2, 3, 4, 4]) {
    expect(await count()).toBe(number);
    // Longer than a reading rests that was quick, however busy the machine is; a fraction of what a slow one rests.
    await pause(500);
  }
});

it('tells a failure, and tries again for the next who asks', async () => {
  const answers = [() => Promise.reject(new Error('away')), () => Promise.resolve('there')];
  const read = kept(hourMs, () => (answers.shift() ?? (() => Promise.resolve('?')))());
  await expect(read()).rejects.toThrow('away');
  expect(await read()).toBe('there');
});

it('lets nobody wait for a second reading that hangs', async () => {
  let reads = 0;
  const read = keptBehind(0, () => {
    reads += 1;
    return reads === 1 ? Promise.resolve('first') : new Promise<string>(() => undefined);
  });
  expect(await read()).toBe('first');
  while (reads === 1) expect(await read()).toBe('first');
  expect(await read()).toBe('first');
});

it('gives a second reading that is there in time, and the first where it is not', async () => {
  const answers = ['first', 'second'].map((words) => () => Promise.resolve(words));
  const hangs = () => new Promise<string>(() => undefined);
  const read = keptBehind(0, () => (answers.shift() ?? hangs)(), { waitMs: 50 });
  expect(await read()).toBe('first');
  while ((await read()) === 'first');
  expect(await read()).toBe('second');
});

it('begins with what it is given, where it is', async () => {
  const read = keptBehind(hourMs, () => Promise.resolve('read'), { first: 'given' });
  expect(await read()).toBe('given');
  while ((await read()) === 'given');
  expect(await read()).toBe('read');
});

it('tells when a reading has ended that began after it was asked, however long the one before rests', async () => {
  let reads = 0;
  const gates: (() => void)[] = [];
  const read = keptBehind(0, async () => {
    const number = (reads += 1);
    await new Promise<void>((resolve) => gates.push(resolve));
    return number;
  });
  const first = read();
  let isRenewed = false;
  const renewed = read.renewed().then(() => (isRenewed = true));
  gates.shift()?.();
  expect(await first).toBe(1);
  await until(() => gates.length > 0, { what: 'the second reading' });
  expect(isRenewed).toBe(false);
  gates.shift()?.();
  await renewed;
  expect(await read()).toBe(2);
});

it('shares what is running, and nothing that has ended', async () => {
  let reads = 0;
  const read = shared(() => Promise.resolve((reads += 1)));
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  expect(await read()).toBe(2);
});
