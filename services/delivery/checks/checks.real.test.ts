import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { World } from '#infra/testing/delivery/world.js';
import { log } from '#infra/testing/delivery/ground.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { checkNow, type CheckResult } from '../../../monitoring/checks/check.js';

let world: World;
let database: Database;

beforeEach(async () => {
  world = await World.create();
  database = openDatabase({ url: world.config.databaseUrl, log });
});
afterEach(async () => {
  await database.close();
  await world.close();
});

const check = (target = 'archief', waitMs?: number): Promise<CheckResult> =>
  checkNow(database, { tenant: 'aalter', target, by: 'an' }, waitMs);
const circuits = () =>
  world.rows<{ target: string; phase: string }>('select target, phase from delivery.circuit');

it('has delivery ask a system, with the settings as they are now, once for all who wait, also where it is switched off', async () => {
  expect(await check('archief', 300)).toMatchObject({ outcome: 'unanswered', code: null });
  await world.start();
  let asked = 0;
  world.archief.fault = ({ path }) => {
    if (path === '/version') asked += 1;
    return null;
  };
  const [one, other] = await Promise.all([check(), check()]);
  expect(one).toMatchObject({ outcome: 'works', code: null, askedBy: 'an' });
  expect([other.endedAt, asked]).toEqual([one.endedAt, 1]);
  await world.applyPassword('mistyped');
  expect(await check()).toMatchObject({ outcome: 'fails', code: 'unauthorized' });
  await world.switchArchief(false);
  expect((await check()).outcome).toBe('works');
  await expect(check('onbekend')).rejects.toThrow('aalter has no connector onbekend');
});

it('ends a hold of the bus once the system works, and leaves that of an operator', async () => {
  world.archief.password = 'changed';
  await world.start();
  const message = await world.send();
  await world.hearing.reaches(message, 'held');
  expect((await check()).outcome).toBe('fails');
  expect(await world.rows('select held_by from delivery.hold')).toEqual([{ held_by: 'bus' }]);
  world.archief.password = 'open-sesame';
  expect((await check()).outcome).toBe('works');
  await world.hearing.reaches(message, 'delivered');
  await world.rows(
    `insert into delivery.hold values ('aalter', 'archief', 'operator', 'Until Monday', 'an')`,
  );
  expect((await check()).outcome).toBe('works');
  expect(await world.rows('select held_by from delivery.hold')).toEqual([{ held_by: 'an' }]);
});

it('tells an open circuit, tries it once the system works, in another process too, and tells that it closed', async () => {
  await Promise.all([world.start(), world.start()]);
  await until(async () => (await world.rows('select from delivery.replica')).length === 2, {
    what: 'both processes',
  });
  world.archief.fault = () => 503;
  const sent = [];
  for (let count = 0; count < 6; count++) sent.push(await world.send());
  await until(async () => (await circuits()).some(({ phase }) => phase === 'open'), {
    what: 'the circuit to be told open',
  });
  expect((await check()).outcome).toBe('fails');
  world.archief.fault = () => null;
  expect((await check()).outcome).toBe('works');
  await world.hearing.reaches(sent[0]!, 'delivered');
  await until(async () => (await circuits()).every(({ phase }) => phase === 'recovering'), {
    what: 'the circuit to recover',
  });
});
