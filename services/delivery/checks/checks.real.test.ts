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
  const ended = 'select from delivery.connection_check where ended_at is not null';
  await until(async () => (await world.rows(ended)).length === 1, {
    what: 'the answer for which nobody waits any more',
  });
  let asked = 0;
  let answer = (): void => undefined;
  const answering = new Promise<void>((resolve) => {
    answer = resolve;
  });
  world.archief.fault = ({ path }) => {
    if (path !== '/version') return null;
    asked += 1;
    return answering;
  };
  const checking = check();
  await until(() => asked === 1, { what: 'the system to be asked' });
  const joined = await check('archief', 0);
  answer();
  const checked = await checking;
  expect(checked).toMatchObject({ outcome: 'works', code: null, askedBy: 'an' });
  expect([joined.askedAt, asked]).toEqual([checked.askedAt, 1]);
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
