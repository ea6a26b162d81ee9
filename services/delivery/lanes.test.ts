import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lanes } from './lanes.js';

it('keeps the order within a key, whatever each task takes, and begins none that stands behind one that failed', async () => {
  const task = fc.record({ key: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(task), async (scheduler, tasks) => {
      const lanes = new Lanes();
      const inside = new Set<string>();
      const done: Record<string, number[]> = { a: [], b: [], c: [] };
      const all = tasks.map(({ key, fails }, number) =>
        lanes.run(key, async () => {
          expect(inside.has(key)).toBe(false);
          inside.add(key);
          await scheduler.schedule(Promise.resolve(), `${key}${number}`);
          inside.delete(key);
          done[key]?.push(number);
          if (fails) throw new Error('one that fails');
        }),
      );
      const ended = Promise.allSettled(all);
      await scheduler.waitFor(ended);
      for (const [name, numbers] of Object.entries(done)) {
        const mine = [...tasks.keys()].filter((number) => tasks[number]?.key === name);
        const failed = mine.findIndex((number) => tasks[number]?.fails);
        expect(numbers).toEqual(failed === -1 ? mine : mine.slice(0, failed + 1));
      }
      await Promise.resolve();
      expect(lanes.size).toBe(0);
    }),
  );
});

it('lets another key pass one that hangs', async () => {
  const lanes = new Lanes();
  void lanes.run('slow', () => new Promise(() => undefined));
  await expect(lanes.run('quick', () => Promise.resolve('passed'))).resolves.toBe('passed');
});
