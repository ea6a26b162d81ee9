import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { World } from '#infra/testing/delivery/world.js';
import { until } from '#infra/testing/until.js';

let world: World;

beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

/** As `lb-bus apply --prune --leave-behind` does it. */
const removeTenant = async (): Promise<void> => {
  const client = new Client({ connectionString: world.config.databaseUrl });
  await client.connect();
  await client.query(`select set_config('app.tenant', '*', false)`);
  await client.query(`delete from tenants.tenant where id = 'aalter'`);
  await client.end();
};

it('leaves what a removed tenant had in hand and in its queue where it lies; nothing is sent for it, and the process goes on', async () => {
  let answer: (value: unknown) => void = () => undefined;
  const slow = new Promise((resolve) => (answer = resolve));
  world.archief.fault = ({ method }) => (method === 'POST' ? slow : null);
  const running = await world.start();
  await world.send({ subject: 's' });
  await until(() => world.archief.posts.length === 1, { what: 'the first to be in hand' });
  await world.send({ subject: 's' });
  const internal = `http://127.0.0.1:${running.internalPort}`;
  const serves = async (): Promise<boolean> =>
    (await (await fetch(`${internal}/metrics`)).text()).includes(
      'lbbus_connection_state{tenant="aalter"',
    );
  await until(serves, { what: 'the process to show what it serves' });
  await removeTenant();
  await until(async () => !(await serves()), {
    what: 'the process to know that the tenant is gone',
  });
  answer(undefined);
  await until(async () => (await world.depth('t.aalter.archief')) === 2, {
    what: 'both to be back in their queue',
  });
  expect(world.archief.posts).toHaveLength(1);
  expect((await fetch(`${internal}/health/ready`)).status).toBe(200);
});
