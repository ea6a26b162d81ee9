import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import { startProxy } from '#infra/testing/delivery/proxy.js';
import { World } from '#infra/testing/delivery/world.js';

let world: World;

beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

const readiness = async (port: number): Promise<number> =>
  (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;

it('does not act twice where the process ended between the call and its record', async () => {
  const proxy = await startProxy(world.config.databaseUrl);
  let answer: () => void = () => undefined;
  world.archief.fault = ({ method }) => {
    if (method !== 'POST') return null;
    return new Promise<void>((resolve) => (answer = resolve));
  };
  const first = await world.start({ databaseUrl: proxy.url });
  const message = await world.send();
  await until(() => world.archief.things.length === 1, { what: 'the archive to have acted' });
  proxy.cut();
  answer();
  await world.stop(first);
  expect(world.hearing.stepsOf(message)).toEqual([]);
  expect(await world.rows('select state from delivery.effect')).toEqual([{ state: 'started' }]);
  world.archief.fault = () => null;
  await world.start();
  await world.hearing.reaches(message, 'delivered');
  expect(world.archief.things).toHaveLength(1);
  await proxy.close();
});

it('waits while PostgreSQL is away, says that it is not ready, and comes back by itself', async () => {
  const proxy = await startProxy(world.config.databaseUrl);
  const running = await world.start({ databaseUrl: proxy.url });
  await until(async () => (await readiness(running.internalPort)) === 200, { what: 'ready' });
  proxy.cut();
  await until(async () => (await readiness(running.internalPort)) === 503, { what: 'not ready' });
  const sent = [await world.send({ subject: 's' }), await world.send({ subject: 's' })];
  expect(world.archief.posts).toEqual([]);
  proxy.join();
  await world.hearing.reaches(sent[1]!, 'delivered');
  expect(world.archief.things.map(({ reference }) => reference)).toEqual(sent);
  await until(async () => (await readiness(running.internalPort)) === 200, { what: 'ready again' });
  await proxy.close();
});

it('parks a message that a connector cannot handle after a few attempts, without quoting it', async () => {
  await world.start();
  const message = await world.send({ titel: 'kapot' });
  const step = await world.hearing.reaches(message, 'parked', 20_000);
  expect(step).toMatchObject({ outcome: 'parked', code: 'unclassified' });
  expect(step.detail).not.toContain('Voorbeeld');
  expect(world.hearing.outcomesOf(message)).toEqual(['retry', 'retry', 'retry', 'parked']);
  expect(world.archief.posts).toEqual([]);
});

it('keeps what waits over a restart', async () => {
  world.archief.fault = ({ method }) => (method === 'POST' ? 423 : null);
  const first = await world.start();
  const sent = [await world.send({ subject: 's' }), await world.send({ subject: 's' })];
  await world.hearing.reaches(sent[1]!, 'waiting');
  await world.stop(first);
  world.archief.fault = () => null;
  await world.start();
  await world.hearing.reaches(sent[1]!, 'delivered');
  expect(world.archief.things.map(({ reference }) => reference)).toEqual(sent);
});

it('probes a system that is down with one message, and ramps up when it is back', async () => {
  world.archief.fault = () => 503;
  await world.start();
  const sent: string[] = [];
  for (let number = 0; number < 25; number++)
    sent.push(await world.send({ subject: `s${number % 5}` }));
  await until(
    () => sent.filter((message) => world.hearing.outcomesOf(message).length > 0).length >= 5,
    {
      what: 'five failures',
    },
  );
  const whenOpen = world.archief.calls;
  const postedAt: number[] = [];
  world.archief.fault = ({ method }) => {
    if (method === 'POST') postedAt.push(performance.now());
    return null;
  };
  for (const message of sent) await world.hearing.reaches(message, 'delivered', 60_000);
  expect(whenOpen).toBeLessThan(25);
  for (let subject = 0; subject < 5; subject++) {
    const mine = sent.filter((_, number) => number % 5 === subject);
    const done = world.archief.things.map(({ reference }) => reference);
    expect(done.filter((reference) => mine.includes(reference))).toEqual(mine);
  }
  expect(world.archief.things).toHaveLength(25);
  // One, two and five a second, each for two seconds at least, and the probe: a slower machine only makes it fewer.
  const within = (ms: number): number => postedAt.filter((at) => at < postedAt[0]! + ms).length;
  expect(within(1_900)).toBeLessThanOrEqual(4);
  expect(within(3_900)).toBeLessThanOrEqual(9);
});

it('keeps the order of each subject with two replicas, one of which leaves', async () => {
  let calls = 0;
  world.archief.fault = ({ method }) => (method === 'POST' && (calls += 1) % 7 === 0 ? 423 : null);
  const [first] = await Promise.all([world.start(), world.start()]);
  const sent: string[] = [];
  for (let number = 0; number < 40; number++) {
    sent.push(await world.send({ subject: `s${number % 4}` }));
    if (number === 20) await world.stop(first);
  }
  for (const message of sent) await world.hearing.reaches(message, 'delivered', 30_000);
  const done = world.archief.things.map(({ reference }) => reference);
  expect([...done].sort()).toEqual([...sent].sort());
  for (let subject = 0; subject < 4; subject++) {
    const mine = sent.filter((_, number) => number % 4 === subject);
    expect(done.filter((reference) => mine.includes(reference))).toEqual(mine);
  }
  await world.nothingWaits();
});
