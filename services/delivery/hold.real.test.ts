import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import { World } from '#infra/testing/delivery/world.js';

let world: World;

beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

/** Three messages of one subject that meet a wrong password. */
const heldThree = async (): Promise<string[]> => {
  const sent = [await world.send({ subject: 's' })];
  await world.hearing.reaches(sent[0]!, 'held');
  for (let more = 0; more < 2; more++) sent.push(await world.send({ subject: 's' }));
  return sent;
};

const references = () => world.archief.things.map(({ reference }) => reference);

it('holds a line whose password is refused, drains no more, and goes on in order when it is released', async () => {
  world.archief.password = 'changed';
  await world.start();
  const sent = await heldThree();
  expect(await world.hearing.reaches(sent[0]!, 'held')).toMatchObject({
    outcome: 'held',
    code: 'unauthorized',
  });
  expect(await world.rows('select tenant, target, code, held_by from delivery.hold')).toEqual([
    { tenant: 'aalter', target: 'archief', code: 'unauthorized', held_by: 'bus' },
  ]);
  expect(world.archief.posts.length).toBeLessThanOrEqual(1);
  expect(world.hearing.outcomesOf(sent[2]!)).not.toContain('delivered');
  world.archief.password = 'open-sesame';
  await world.rows(`delete from delivery.hold; select pg_notify('lbbus_holds', '')`);
  await world.hearing.reaches(sent[2]!, 'delivered');
  expect(references()).toEqual(sent);
  expect(world.hearing.outcomesOf(sent[0]!)).toEqual(['held', 'released', 'delivered']);
});

it('keeps the hold of an operator over a restart, and sends nothing before it is released', async () => {
  const first = await world.start();
  await world.hearing.reaches(await world.send(), 'delivered');
  await world.rows(`
    insert into delivery.hold values ('aalter', 'archief', 'operator', 'Until Monday', 'an');
    select pg_notify('lbbus_holds', '')`);
  await world.stop(first);
  const waiting = await world.send({ subject: 's' });
  const calls = world.archief.calls;
  await world.start({ timing: { probeMs: 100 } });
  await until(async () => (await world.depth('t.aalter.archief')) === 0, {
    what: 'the message to be in hand',
  });
  expect(world.archief.posts).toHaveLength(1);
  expect(world.archief.calls).toBe(calls);
  expect(world.hearing.stepsOf(waiting)).toEqual([]);
  await world.rows(`delete from delivery.hold; select pg_notify('lbbus_holds', '')`);
  await world.hearing.reaches(waiting, 'delivered');
});

it('keeps a hold over a restart', async () => {
  world.archief.password = 'changed';
  const first = await world.start();
  const sent = await heldThree();
  await world.stop(first);
  const posts = world.archief.posts.length;
  await world.start();
  await world.hearing.reaches(sent[0]!, 'held');
  const more = await world.send({ subject: 'another' });
  await until(async () => (await world.depth('t.aalter.archief')) === 0, {
    what: 'the new message to be in hand',
  });
  expect(world.hearing.stepsOf(more)).toEqual([]);
  expect(world.archief.posts).toHaveLength(posts);
});

it('releases a line whose settings changed, with a client of the new ones', async () => {
  world.archief.password = 'rotated';
  await world.start();
  const sent = await heldThree();
  await world.applyPassword('rotated');
  await world.hearing.reaches(sent[2]!, 'delivered');
  expect(references()).toEqual(sent);
});

it('releases a line by itself once the system lets it in again', async () => {
  world.archief.password = 'changed by mistake';
  await world.start({ timing: { probeMs: 200 } });
  const sent = await heldThree();
  expect(world.hearing.outcomesOf(sent[0]!)).toEqual(['held']);
  world.archief.password = 'open-sesame';
  await world.hearing.reaches(sent[2]!, 'delivered');
  expect(references()).toEqual(sent);
});

it('writes down what waits for long at a held line, and goes on in order when it is released', async () => {
  await world.rows(
    `insert into delivery.hold values ('aalter', 'archief', 'operator', 'Until Monday', 'an')`,
  );
  await world.start({ timing: { inHandMs: 200 } });
  const sent: string[] = [];
  for (let count = 0; count < 12; count++) sent.push(await world.send({ subject: 's' }));
  for (const message of sent)
    expect(await world.hearing.reaches(message, 'held')).toMatchObject({
      code: 'operator',
      detail: 'Until Monday',
    });
  await world.rows(`delete from delivery.hold; select pg_notify('lbbus_holds', '')`);
  sent.push(await world.send({ subject: 's' }));
  await world.hearing.reaches(sent[12]!, 'delivered');
  expect(references()).toEqual(sent);
});

it('leaves the hold of an operator to the operator', async () => {
  await world.rows(
    `insert into delivery.hold values ('aalter', 'archief', 'maintenance', 'Until Monday', 'an')`,
  );
  await world.start({ timing: { probeMs: 100 } });
  const message = await world.send();
  await until(async () => (await world.depth('t.aalter.archief')) === 0, {
    what: 'the message to be in hand',
  });
  await world.applyPassword('another');
  expect(await world.rows('select held_by from delivery.hold')).toEqual([{ held_by: 'an' }]);
  expect(world.hearing.stepsOf(message)).toEqual([]);
});

it('gives back what a held line has in hand when its connector is switched off, and goes on in order when it is on again', async () => {
  await world.rows(
    `insert into delivery.hold values ('aalter', 'archief', 'maintenance', 'Until Monday', 'an')`,
  );
  await Promise.all([world.start(), world.start()]);
  const sent: string[] = [];
  for (let count = 0; count < 25; count++) sent.push(await world.send({ subject: 's' }));
  await until(async () => (await world.depth('t.aalter.archief')) === 5, {
    what: 'twenty in hand',
  });
  await world.switchArchief(false);
  await until(async () => (await world.depth('t.aalter.archief')) === 25, {
    what: 'all to be back in the queue',
  });
  await world.rows(`delete from delivery.hold; select pg_notify('lbbus_holds', '')`);
  await world.switchArchief(true);
  await world.hearing.reaches(sent[24]!, 'delivered');
  expect(references()).toEqual(sent);
});
