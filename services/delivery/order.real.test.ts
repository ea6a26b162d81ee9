import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { until } from '#infra/testing/until.js';
import { World } from '#infra/testing/delivery/world.js';

let world: World;
let owner: pg.Client;

beforeEach(async () => {
  world = await World.create();
  owner = new pg.Client({ connectionString: world.config.databaseUrl });
  await owner.connect();
});
afterEach(async () => {
  await owner.end();
  await world.close();
});

/** Every attempt at the message ends with an error that nobody foresaw, as long as `work` runs, which is told how many there were. */
const failing = async (
  message: string,
  work: (tries: () => Promise<number>) => Promise<void>,
): Promise<void> => {
  await owner.query(`create sequence tries`);
  await owner.query(`grant usage on sequence tries to public`);
  await owner.query(`create function fail() returns trigger language plpgsql as $$
    begin perform nextval('public.tries'); raise exception 'unforeseen'; end $$`);
  await owner.query(`create trigger fail before insert on delivery.effect
    for each row when (new.message = '${message}') execute function fail()`);
  await work(async () => {
    const { rows } = await owner.query<{ tries: string }>(
      'select case when is_called then last_value else 0 end as tries from tries',
    );
    return Number(rows[0]?.tries);
  });
  await owner.query('drop trigger fail on delivery.effect');
};

it('lets nothing of its subject overtake a message whose handling fails, while other subjects pass', async () => {
  const first = await world.send({ subject: 's' });
  const behind = await world.send({ subject: 's' });
  const later: string[] = [];
  await failing(first, async (tries) => {
    await world.start();
    await until(async () => (await tries()) >= 1, { what: 'a try that fails' });
    // Before it has gone back.
    later.push(await world.send({ subject: 's' }), await world.send({ subject: 't' }));
    await world.hearing.reaches(later[1]!, 'delivered');
    await until(async () => (await tries()) >= 3, { what: 'more that fail' });
  });
  await world.hearing.reaches(later[0]!, 'delivered');
  const acted = world.archief.things.map(({ reference }) => reference);
  expect(acted).toEqual([later[1], first, behind, later[0]]);
});
