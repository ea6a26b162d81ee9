import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Call } from '#infra/testing/delivery/archief.js';
import { startProxy } from '#infra/testing/delivery/proxy.js';
import { World } from '#infra/testing/delivery/world.js';
import { until } from '#infra/testing/until.js';

jest.setTimeout(120_000);

let world: World;

beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

const unhurried = { sendDeadlineMs: 60_000 };

/** What the archive is asked about at this moment, by reference; each answer waits until it is given. */
const asked = new Map<string, (how?: 'lost') => void>();

const waiting = ({ path, reference }: Call): Promise<unknown> | null =>
  path === '/things' ? new Promise((resolve) => asked.set(reference, resolve)) : null;

/** A process whose line to PostgreSQL is cut writes nothing more: to all others it is dead, whatever it had in hand. */
const life = async (): Promise<{ readonly die: () => void; readonly end: () => Promise<void> }> => {
  const proxy = await startProxy(world.config.databaseUrl);
  const running = await world.start({ databaseUrl: proxy.url, timing: unhurried });
  return {
    die: () => {
      proxy.cut();
      asked.forEach((answer) => answer('lost'));
    },
    end: async () => {
      await world.stop(running);
      await proxy.close();
      // As long after it as the others wait to be sure.
      await world.rows(`
        update delivery.effect set busy_until = clock_timestamp() - interval '1 s'
        where busy_until is not null`);
    },
  };
};

/** One life of a process in which all of these are in hand when it dies. */
const diesWith = async (messages: readonly string[]): Promise<void> => {
  asked.clear();
  const process = await life();
  await until(() => messages.every((message) => asked.has(message)), { what: 'all in hand' });
  process.die();
  await process.end();
};

const crashes = () =>
  world.rows<{ message: string; crashes: number }>('select message, crashes from delivery.effect');

it('parks the message that kills the process, and none that was only beside it', async () => {
  world.archief.fault = waiting;
  const guilty = await world.send();
  const innocent = [await world.send(), await world.send(), await world.send()];
  const all = [guilty, ...innocent];
  await diesWith(all);
  await diesWith(all);
  expect((await crashes()).map((effect) => effect.crashes)).toEqual([1, 1, 1, 1]);

  // From here on one of them goes at a time, in whatever order, and the guilty one takes the process with it.
  asked.clear();
  const third = await life();
  let most = 0;
  await until(
    () => {
      most = Math.max(most, asked.size);
      if (asked.has(guilty)) return true;
      asked.forEach((answer) => answer());
      asked.clear();
      return false;
    },
    { what: 'the guilty one to be in hand' },
  );
  third.die();
  await third.end();
  expect(most).toBe(1);

  world.archief.fault = () => null;
  await world.start();
  for (const message of innocent) await world.hearing.reaches(message, 'delivered');
  const step = await world.hearing.reaches(guilty, 'parked');
  expect(step).toMatchObject({ outcome: 'parked', code: 'poison' });
  expect(world.archief.things.map(({ reference }) => reference).sort()).toEqual(innocent.sort());
});

it('does not let others wait for a message that is tried alone', async () => {
  const suspects = [await world.send(), await world.send()];
  await until(() => suspects.every((message) => world.hearing.envelopes.has(message)), {
    what: 'their accepted records',
  });
  for (const message of suspects)
    await world.rows(`
      insert into delivery.effect (tenant, target, message, digest, state, busy_until, crashes)
      values ('aalter', 'archief', '${message}', '${world.hearing.envelopes.get(message)?.digest}',
        'started', now() - interval '1 s', 1)`);
  let answer: (() => void) | undefined;
  world.archief.fault = ({ method, reference }) =>
    method === 'POST' && suspects.includes(reference) && answer === undefined
      ? new Promise<void>((resolve) => (answer = resolve))
      : null;
  await world.start({ timing: unhurried });
  await until(() => answer, { what: 'a suspect in hand' });
  const other = await world.send();
  await world.hearing.reaches(other, 'delivered');
  expect(world.archief.posts.filter(({ reference }) => suspects.includes(reference))).toHaveLength(
    1,
  );
  answer?.();
  for (const message of suspects) await world.hearing.reaches(message, 'delivered');
});
