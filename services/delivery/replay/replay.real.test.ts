import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { itemsOf, orderAll, reachesState, countOf } from '#infra/testing/delivery/orders.js';
import { startProxy } from '#infra/testing/delivery/proxy.js';
import { World } from '#infra/testing/delivery/world.js';
import { until } from '#infra/testing/until.js';

let world: World;

beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

/** The archive refuses whatever is sent, as long as it says so. */
const refuse = (): void => {
  world.archief.fault = ({ method }) => (method === 'POST' ? 422 : null);
};
const accept = (): void => {
  world.archief.fault = () => null;
};
const parkAll = async (subjects: readonly string[]): Promise<string[]> => {
  refuse();
  const sent: string[] = [];
  for (const subject of subjects) sent.push(await world.send({ subject }));
  for (const message of sent) await world.hearing.reaches(message, 'parked', 30_000);
  return sent;
};
const numbered = (count: number, subjects: number): string[] =>
  Array.from({ length: count }, (_, number) => `s${number % subjects}`);
const delivered = (): string[] => world.archief.things.map(({ reference }) => reference);

it('delivers what is parked once, in order per subject, and tells that it was released', async () => {
  await world.start();
  const sent = await parkAll(numbered(30, 3));
  accept();
  const order = await orderAll(world);
  await reachesState(world, order, 'done');
  expect(await countOf(world, order, 'delivered')).toBe(30);
  for (let subject = 0; subject < 3; subject++) {
    const mine = sent.filter((_, number) => number % 3 === subject);
    expect(delivered().filter((reference) => mine.includes(reference))).toEqual(mine);
  }
  expect(delivered()).toHaveLength(30);
  await world.hearing.reaches(sent[0]!, 'delivered');
  expect(world.hearing.outcomesOf(sent[0]!)).toEqual(['rejected', 'released', 'delivered']);
  await world.nothingWaits();
});

it('takes only what was parked when the selection was frozen', async () => {
  await world.start();
  const [first] = await parkAll(['s']);
  const order = await orderAll(world, { rate: 1 });
  const [later] = await parkAll(['t']);
  accept();
  await reachesState(world, order, 'done');
  expect((await itemsOf(world, order)).map(({ message }) => message)).toEqual([first]);
  expect(world.hearing.outcomesOf(later!)).toEqual(['rejected']);
});

it('goes no faster than the ramp and the rate', async () => {
  await world.start({ timing: { rampMs: 1_000 } });
  await parkAll(numbered(12, 12));
  accept();
  const began = performance.now();
  const at: number[] = [];
  world.archief.fault = ({ method }) => {
    if (method === 'POST') at.push(performance.now() - began);
    return null;
  };
  const order = await orderAll(world, { rate: 4 });
  await reachesState(world, order, 'done');
  // At once, then 1 a second, 2 a second, 4 a second: the nth may not come sooner.
  const soonest = (nth: number): number => (nth <= 2 ? nth - 1 : nth <= 4 ? nth / 2 : nth / 4 + 1);
  at.forEach((ms, index) => {
    expect(ms).toBeGreaterThanOrEqual((soonest(index + 1) - 1) * 1_000);
  });
  expect(at).toHaveLength(12);
});

it('stops when too many fail, and leaves the rest parked', async () => {
  await world.start();
  await parkAll(numbered(40, 40));
  const order = await orderAll(world, { rate: 20, stopPercent: 50 });
  await reachesState(world, order, 'stopped');
  const [stopped] = await world.rows<{ note: string }>('select note from delivery.parked_order');
  expect(stopped?.note).toMatch(/^\d+ of \d+ failed, which is more than 50 %$/);
  await until(async () => (await countOf(world, order, 'released')) === 0, {
    what: 'what was on its way to end',
  });
  expect(await countOf(world, order, 'failed')).toBeGreaterThanOrEqual(10);
  expect(await countOf(world, order, 'selected')).toBeGreaterThan(0);
  const [parked] = await world.rows<{ count: string }>(
    `select count(*) from delivery.waiting where state = 'parked'`,
  );
  expect(Number(parked?.count)).toBe(40);
});

it('waits for a line that is held, and skips what has moved or has no target any more', async () => {
  const running = await world.start();
  const [moved] = await parkAll(['s', 't']);
  accept();
  await world.rows(
    `insert into delivery.hold values ('aalter', 'archief', 'maintenance', 'Until Monday', 'an')`,
  );
  const order = await orderAll(world);
  const note = async () =>
    (await world.rows<{ note: string }>('select note from delivery.parked_order'))[0]?.note;
  await until(async () => (await note())?.startsWith('It waits'), { what: 'the order to wait' });
  expect(await countOf(world, order, 'selected')).toBe(2);
  await world.rows(`update delivery.waiting set sequence = 7 where message = '${moved!}'`);
  await world.rows(`delete from delivery.hold; select pg_notify('lbbus_holds', '')`);
  await reachesState(world, order, 'done');
  const [skipped, went] = (await itemsOf(world, order)).toSorted(
    (one, other) => Number(other.message === moved) - Number(one.message === moved),
  );
  expect(skipped).toMatchObject({ message: moved, state: 'skipped', code: 'moved' });
  expect(went).toMatchObject({ state: 'delivered' });
  await world.rows(`update delivery.waiting set target = 'vroeger'`);
  const other = await orderAll(world);
  await reachesState(world, other, 'done');
  expect(await itemsOf(world, other)).toMatchObject([{ state: 'skipped', code: 'no-target' }]);
  await world.stop(running);
});

it('goes on where another process left it, and doubles nothing', async () => {
  const proxy = await startProxy(world.config.databaseUrl);
  const first = await world.start({ databaseUrl: proxy.url });
  await parkAll(numbered(30, 6));
  accept();
  const order = await orderAll(world, { rate: 20 });
  await until(() => delivered().length >= 5, { what: 'some to be delivered' });
  // From here on it is as good as dead: nothing that it does is written.
  proxy.cut();
  await world.stop(first);
  expect(delivered().length).toBeLessThan(30);
  await Promise.all([world.start(), world.start()]);
  await reachesState(world, order, 'done');
  expect(await countOf(world, order, 'delivered')).toBe(30);
  expect(new Set(delivered()).size).toBe(30);
  expect(delivered()).toHaveLength(30);
  await proxy.close();
});

it('is carried out by one of two processes at a time', async () => {
  await Promise.all([world.start(), world.start()]);
  await parkAll(numbered(10, 10));
  accept();
  const order = await orderAll(world, { rate: 5 });
  const leaders = new Set<string>();
  await until(
    async () => {
      const [row] = await world.rows<{ state: string; leased_by: string | null }>(
        `select state, leased_by from delivery.parked_order where id = '${order}'`,
      );
      if (row?.leased_by) leaders.add(row.leased_by);
      return row?.state === 'done';
    },
    { what: 'the order to be done' },
  );
  expect(leaders.size).toBe(1);
});

it('tells a discard that a process began and died before it told it', async () => {
  const first = await world.start();
  const [message] = await parkAll(['s']);
  await world.stop(first);
  const order = await orderAll(world, { act: 'discard' });
  await world.rows(`
    update delivery.waiting set leased_by = '${order}', leased_until = now() - interval '1 s';
    update delivery.parked_item set state = 'released', released_sequence = sequence, watched = message`);
  await world.start();
  await reachesState(world, order, 'done');
  await world.hearing.reaches(message!, 'discarded');
  await world.nothingWaits();
  expect(world.hearing.outcomesOf(message!)).toEqual(['rejected', 'discarded']);
});

it('discards for good: told, gone, and still discarded when the sender sends it again', async () => {
  await world.start();
  refuse();
  const message = await world.send({ id: 'm', subject: 's' });
  await world.hearing.reaches(message, 'parked');
  accept();
  const order = await orderAll(world, { act: 'discard' });
  await reachesState(world, order, 'done');
  expect(await world.hearing.reaches(message, 'discarded')).toMatchObject({
    outcome: 'discarded',
    detail: `An operator discarded it, under order ${order}`,
  });
  await world.nothingWaits();
  expect(await world.send({ id: 'm', subject: 's' })).toBe(message);
  const after = await world.send({ subject: 's' });
  await world.hearing.reaches(after, 'delivered');
  expect(world.hearing.outcomesOf(message)).toEqual(['rejected', 'discarded']);
  expect(delivered()).toEqual([after]);
});
