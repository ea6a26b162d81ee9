import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Reply } from '#infra/testing/caller.js';
import { startProxy, type Proxy } from '#infra/testing/delivery/proxy.js';
import {
  meldingAangevuld,
  startApplication,
  type Application,
} from '#infra/testing/dependencies/application.js';
import { doorAt } from '#infra/testing/dependencies/door.js';
import {
  beginThree,
  healthOf,
  hear,
  killThree,
  setClocks,
  threeReady,
  threeRoles,
  untilSays,
  untilWell,
  type Three,
} from '#infra/testing/dependencies/three.js';
import { startOwnBroker, type OwnBroker } from '#infra/testing/own-broker.js';
import { startOwnPostgres, type OwnPostgres } from '#infra/testing/own-postgres.js';
import { newStack, type Stack } from '#infra/testing/processes.js';
import { until } from '#infra/testing/until.js';

jest.setTimeout(180_000);

let postgres: OwnPostgres;
let broker: OwnBroker;
let stack: Stack;
let databaseLine: Proxy;
let brokerLine: Proxy;
let environment: Record<string, string>;
let application: Application;
let three: Three;

beforeAll(async () => {
  [postgres, broker] = await Promise.all([startOwnPostgres(), startOwnBroker()]);
  process.env['LBBUS_TEST_DATABASE_URL'] = postgres.url;
  process.env['LBBUS_TEST_AMQP_URL'] = broker.url;
  process.env['LBBUS_TEST_AMQP_MANAGEMENT_URL'] = broker.managementUrl;
  stack = await newStack();
  databaseLine = await startProxy(stack.database.url);
  brokerLine = await startProxy(stack.vhost.url);
  const started = await startApplication(stack);
  ({ application } = started);
  environment = {
    DATABASE_URL: databaseLine.url,
    AMQP_URL: brokerLine.url,
    NODE_EXTRA_CA_CERTS: started.authorityFile,
    LBBUS_SEND_DEADLINE_SECONDS: '5',
  };
});
afterAll(async () => {
  await stack.end();
  application.close();
  await Promise.all([databaseLine.close(), brokerLine.close()]);
  await Promise.all([postgres.end(), broker.end()]);
});

const { post, accepted, read, untilStatus } = doorAt(() => three.gateway.url);
const expectRefusal = (reply: Reply, code: string): void => {
  expect(reply).toMatchObject({ status: 503, json: { code } });
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
};
/** All were received once, in this order, and it can be read that the last was. */
const expectDelivered = async (ids: readonly string[], last: string): Promise<void> => {
  await untilStatus(last, 'delivered');
  expect(application.received.filter((id) => ids.includes(id))).toEqual(ids);
};

it('[start-without-snapshot] waits where nothing is known of the tenants yet, says so, and comes up by itself', async () => {
  databaseLine.cut();
  const starting = await beginThree(stack, environment);
  for (const role of threeRoles)
    await until(async () => !(await healthOf(starting[role])).ready, {
      what: `${role} to speak`,
      timeoutMs: 90_000,
    });
  const words = 'waiting for the tenants: PostgreSQL does not answer';
  await untilSays(words, ...Object.values(starting));
  databaseLine.join();
  three = await threeReady(starting);
  await untilWell(three);
  await expectDelivered(['first'], await accepted('first'));
});

it('[start-without-broker] starts without both, and [start-without-postgres] serves from the last snapshot: the gateway accepts, the others wait', async () => {
  await killThree(three);
  databaseLine.cut();
  brokerLine.cut();
  three = await threeReady(await beginThree(stack, environment));
  await untilSays('the broker is down', ...Object.values(three));
  expectRefusal(await post('too early'), 'broker-unavailable');
  brokerLine.join();
  await untilSays('PostgreSQL does not answer', ...Object.values(three));
  expect(await healthOf(three.gateway)).toMatchObject({ ready: true });
  const busId = await accepted('from the snapshot');
  expectRefusal(await read(busId), 'unavailable');
  expect(application.received).not.toContain('from the snapshot');
  databaseLine.join();
  await expectDelivered(['from the snapshot'], busId);
  await untilWell(three);
});

it('[postgres-silent] goes on accepting while PostgreSQL swallows everything, and recovers from it', async () => {
  databaseLine.silence();
  const busId = await accepted('into the silence');
  expectRefusal(await read(busId), 'unavailable');
  await untilSays('PostgreSQL does not answer', three.gateway, three.delivery);
  expect(application.received).not.toContain('into the silence');
  databaseLine.join();
  await expectDelivered(['into the silence'], busId);
  await untilWell(three);
});

it('[postgres-down] loses and repeats nothing over kill -9 of PostgreSQL, and every process tells of it once', async () => {
  const told = hear(three);
  await postgres.kill();
  await untilSays('PostgreSQL', ...Object.values(three));
  await accepted('while it is gone');
  const busId = await accepted('still');
  await postgres.startAgain();
  await expectDelivered(['while it is gone', 'still'], busId);
  await untilWell(three);
  const once = { gateway: 1, delivery: 1, monitoring: 1 };
  expect(told(/^PostgreSQL (?!works)/)).toEqual(once);
  expect(told(/^PostgreSQL works again/)).toEqual(once);
  const never = { gateway: 0, delivery: 0, monitoring: 0 };
  expect(told(/wait|round|gauge|stored|be served|connection was lost/)).toEqual(never);
});

it('[broker-restarted] keeps what was accepted over kill -9 of the broker, refuses meanwhile, and tells of it once', async () => {
  application.busy = true;
  const busId = await accepted('before the end');
  const told = hear(three);
  await broker.kill();
  await untilSays('the broker is down', ...Object.values(three));
  expectRefusal(await post('nobody takes it'), 'broker-unavailable');
  application.busy = false;
  await broker.startAgain();
  await untilWell(three);
  await expectDelivered(['before the end'], busId);
  expect(application.received).not.toContain('nobody takes it');
  // One line for each of its connections.
  const lines = Object.values(told(/no connection to the broker/));
  expect(lines.filter((count) => count < 1 || count > 2)).toEqual([]);
  expect(told(/could not be served|was not accepted|wait/)).toMatchObject({ gateway: 0 });
});

it('[broker-blocked] accepts nothing while the broker has an alarm, and goes on when it is over', async () => {
  await broker.alarm();
  await until(async () => (await post('into the alarm')).status === 503, { what: 'a refusal' });
  await untilSays('the broker is blocked', three.gateway);
  expectRefusal(await post('into the alarm'), 'broker-unavailable');
  await broker.clearAlarm();
  await untilWell(three);
  await expectDelivered(['after the alarm'], await accepted('after the alarm'));
});

it('[system-certificate] holds the line whose certificate has expired or is for another name, and says which', async () => {
  const busId = await accepted('with TLS', meldingAangevuld);
  const attempts = await until(
    async () => {
      const targets = ((await read(busId)).json['targets'] ?? []) as {
        readonly status: string;
        readonly attempts: readonly { readonly code: string; readonly detail: string }[];
      }[];
      const held = targets.filter(({ status }) => status === 'held');
      return held.length === 2 ? held.flatMap((target) => target.attempts) : null;
    },
    { what: 'both lines to be held' },
  );
  expect(attempts.map(({ code }) => code)).toEqual(['certificate', 'certificate']);
  const words = attempts.map(({ detail }) => detail).join('\n');
  expect(words).toContain('has expired');
  expect(words).toContain('for another name');
});

const hourMs = 3_600_000;

it('[clock-jumps] loses, repeats and holds up nothing where the clocks jump while messages are under way', async () => {
  application.busy = true;
  await untilStatus(await accepted('before the jump'), 'waiting');
  await setClocks(stack, { gateway: -hourMs, delivery: hourMs, monitoring: -hourMs });
  await accepted('second');
  await setClocks(stack, { gateway: hourMs, delivery: -hourMs, monitoring: hourMs });
  const busId = await accepted('after the jump');
  application.busy = false;
  await expectDelivered(['before the jump', 'second', 'after the jump'], busId);
  await untilWell(three);
});

it('[clock-wrong] works with clocks that differ by two hours, and tries again after seconds, not hours', async () => {
  application.busy = true;
  const busId = await until(
    async () => {
      const id = await accepted('an hour ahead');
      const { json: told } = await untilStatus(id, 'waiting');
      return Date.parse(String(told['acceptedAt'])) - Date.now() > hourMs / 2 ? id : null;
    },
    { what: 'a message from the future' },
  );
  application.busy = false;
  await expectDelivered(['an hour ahead'], busId);
});
