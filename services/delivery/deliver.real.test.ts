import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import { forgetful } from '#infra/testing/delivery/connectors.js';
import { World } from '#infra/testing/delivery/world.js';

let world: World;

beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

it('delivers a message and tells where it lies', async () => {
  await world.start();
  const message = await world.send();
  const step = await world.hearing.reaches(message, 'delivered');
  expect(step).toMatchObject({
    outcome: 'delivered',
    operation: 'register',
    externalId: 'A1',
    sequence: 1,
  });
  expect(world.archief.things.map(({ reference }) => reference)).toEqual([message]);
});

it('acts once on a message that is sent twice, also after a restart', async () => {
  const first = await world.start();
  const message = await world.send({ id: 'same', subject: 's' });
  await world.hearing.reaches(message, 'delivered');
  await world.stop(first);
  await world.start();
  expect(await world.send({ id: 'same', subject: 's' })).toBe(message);
  await until(
    () => world.hearing.steps.filter(({ envelope }) => envelope.id === message).length > 1,
    {
      what: 'the repeat to be told',
    },
  );
  expect(world.hearing.stepsOf(message)).toHaveLength(1);
  expect(world.archief.posts).toHaveLength(1);
});

it('keeps the order of a subject through retries while other subjects pass', async () => {
  const failing = new Set<string>();
  world.archief.fault = ({ method, subject }) =>
    method === 'POST' && subject.endsWith('/busy') && failing.size > 0 ? 423 : null;
  failing.add('busy');
  await world.start();
  const first = await world.send({ subject: 'busy' });
  const second = await world.send({ subject: 'busy' });
  const other = await world.send({ subject: 'free' });
  const third = await world.send({ subject: 'busy' });
  await world.hearing.reaches(other, 'delivered');
  expect((await world.hearing.reaches(second, 'waiting')).outcome).toBe('queued');
  expect((await world.hearing.reaches(third, 'waiting')).outcome).toBe('queued');
  failing.clear();
  await world.hearing.reaches(third, 'delivered');
  expect(world.archief.things.map(({ reference }) => reference)).toEqual([
    other,
    first,
    second,
    third,
  ]);
  expect(world.hearing.outcomesOf(first).slice(0, 1)).toEqual(['retry']);
  expect(world.hearing.outcomesOf(second)).toEqual(['queued', 'delivered']);
  await world.nothingWaits();
});

it('parks what the connector rejects, for its sender to read, and lets the next of its subject pass', async () => {
  await world.start();
  const wrong = await world.send({ subject: 's', titel: 'onvertaalbaar' });
  const next = await world.send({ subject: 's' });
  await world.hearing.reaches(next, 'delivered');
  expect(await world.hearing.reaches(wrong, 'parked')).toMatchObject({
    outcome: 'rejected',
    code: 'unknown-value',
    detail: 'The archive knows no such thing (/data/titel)',
  });
  expect(world.archief.posts).toHaveLength(1);
});

it('does not act twice when the reply is lost', async () => {
  let lost = 0;
  world.archief.fault = ({ method }) => (method === 'POST' && (lost += 1) === 1 ? 'lost' : null);
  await world.start();
  const message = await world.send();
  await world.hearing.reaches(message, 'delivered');
  expect(world.hearing.outcomesOf(message)).toEqual(['retry', 'delivered']);
  expect(world.archief.things).toHaveLength(1);
});

it('parks other content under a known id apart, linked with the first', async () => {
  await world.start();
  const first = await world.send({ id: 'x', subject: 's' });
  await world.hearing.reaches(first, 'delivered');
  expect(await world.send({ id: 'x', subject: 's', titel: 'Iets anders' })).toBe(first);
  const conflict = await until(
    () => world.hearing.steps.find(({ conflictOf }) => conflictOf === first),
    {
      what: 'a conflict',
    },
  );
  expect(conflict).toMatchObject({ status: 'parked', code: 'conflict', outcome: 'parked' });
  expect(conflict.envelope.id).not.toBe(first);
  expect(world.archief.things).toHaveLength(1);
  expect(world.hearing.outcomesOf(first)).toEqual(['delivered']);
});

it('says on the trace that a message may have been done twice, where the system cannot be asked', async () => {
  world.archief.fault = () => (world.archief.posts.length === 1 ? 'lost' : null);
  await world.start({ connectors: forgetful });
  const message = await world.send();
  const step = await world.hearing.reaches(message, 'delivered');
  expect(world.archief.things.map(({ reference }) => reference)).toEqual([message, message]);
  expect(step.detail).toBe('It may have been done twice: this system cannot be asked');
  const once = await world.send();
  expect((await world.hearing.reaches(once, 'delivered')).detail).toBeNull();
});

it('tries a message no earlier than the system asked', async () => {
  const askedAt: number[] = [];
  world.archief.fault = ({ path }) => {
    if (path !== '/things') return null;
    askedAt.push(performance.now());
    return askedAt.length === 1 ? { status: 429, retryAfter: 4 } : null;
  };
  await world.start();
  const message = await world.send();
  const waiting = await world.hearing.reaches(message, 'waiting');
  expect(waiting).toMatchObject({ outcome: 'retry', code: 'rate-limited' });
  await world.hearing.reaches(message, 'delivered');
  expect(askedAt[1]! - askedAt[0]!).toBeGreaterThan(3_900);
});
