import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { topdesk } from '#connectors/topdesk/topdesk.connector.js';
import { manage, queueDepth } from '#infra/testing/broker.js';
import { meldingOf, post } from '#infra/testing/deploy/sender.js';
import { apiKey, declareTenant, keysOnly } from '#infra/testing/deploy/tenant.js';
import { meldingIngediend } from '#infra/testing/melding.js';
import { newStack, type RunningRole, type Stack } from '#infra/testing/processes.js';
import { provided } from '#infra/testing/setting.js';
import { until } from '#infra/testing/until.js';
import { startSimulator, type Simulator } from '#kit/simulator-host.js';
import type { Balance } from './ledger.js';

jest.setTimeout(300_000);

const account = { name: 'aalter', secret: 'app-password-1' };
const restoredName = `lbbus_test_${randomUUID().replaceAll('-', '')}`;
/** What is with the process that is killed may be tried again soon. */
const hurried = { LBBUS_SEND_DEADLINE_SECONDS: '3', ...keysOnly };

let stack: Stack;
let simulator: Simulator;
let running: RunningRole[] = [];

/** Every message that got 202: its sender would repeat it as it is. */
const outbox: { readonly event: Record<string, unknown>; readonly sentAt: number }[] = [];
const ids = new Set<string>();

const asked = async <T extends object>(url: string, statement: string): Promise<T[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select set_config('app.tenant', '*', false)`);
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
};
const inDatabase = <T extends object>(statement: string) =>
  asked<T>(stack.deployment.databaseUrl, statement);
const onServer = (statement: string) => asked(provided('LBBUS_TEST_DATABASE_URL'), statement);

const deliver = async (event: Record<string, unknown>): Promise<void> => {
  const [gateway] = running.filter(({ role }) => role === 'gateway');
  const response = await post(gateway?.url ?? '', event);
  expect(response.status).toBe(202);
  ids.add(((await response.json()) as { id: string }).id);
};

let count = 0;
const send = async (messages: number): Promise<void> => {
  for (let sent = 0; sent < messages; sent += 1) {
    count += 1;
    const event = meldingOf(`s${count % 5}`, `m${count}`);
    await deliver(event);
    outbox.push({ event, sentAt: Date.now() });
  }
};

const start = async (...roles: RunningRole['role'][]): Promise<void> => {
  for (const role of roles) running.push(await stack.start(role, hurried));
};
const stop = async (role: RunningRole['role']): Promise<void> => {
  await Promise.all(running.filter((one) => one.role === role).map((one) => one.stop()));
  running = running.filter((one) => one.role !== role);
};
const killAll = async (): Promise<void> => {
  await Promise.all(running.map((one) => one.kill()));
  running = [];
};

const ended = async (): Promise<number> => {
  const [row] = await inDatabase<{ count: number }>(
    `select count(*)::int as count from monitoring.target where status = 'delivered'`,
  );
  return row?.count ?? 0;
};
const collected = (messages: number) =>
  until(
    async () =>
      (await inDatabase(`select from monitoring.message where type = '${meldingIngediend}'`))
        .length === messages,
    {
      what: 'monitoring to know every message',
      timeoutMs: 60_000,
    },
  );
const drained = (messages: number) =>
  until(async () => (await ended()) === messages, {
    what: `${messages} messages to be delivered`,
    timeoutMs: 90_000,
  });
const acts = () => simulator.effects(account.name).length;

const ledger = async (): Promise<Balance & { gap: { askFrom: string } | null }> => {
  const text = await stack.lbBus('ledger', '--json', '--before', new Date().toISOString());
  const [balance] = JSON.parse(text) as (Balance & { gap: { askFrom: string } | null })[];
  if (!balance) throw new Error('the ledger knows no tenant');
  return balance;
};
const putAgain = () => stack.lbBus('ledger', '--again', '--before', new Date().toISOString());

beforeAll(async () => {
  stack = await newStack();
  if (!topdesk.simulator) throw new Error('TOPdesk has no simulator');
  simulator = await startSimulator(topdesk.simulator, { accounts: [account] });
  await declareTenant(stack, {
    topdesk: { ...simulator.settings(account.name), password: account.secret },
  });
  await start('gateway', 'delivery', 'monitoring');
});
afterAll(async () => {
  await stack.end();
  await onServer(`drop database if exists ${restoredName} with (force)`);
  await simulator.close();
});

it('after the database was lost, each message ends once: the ledger says which are known, which are nowhere, and what to ask again', async () => {
  const folder = join(stack.deployment.stateFolder, 'backup');
  await send(10);
  await drained(10);
  // Known to the backup as accepted, delivered after it.
  await stop('delivery');
  await send(4);
  await collected(14);
  await stack.lbBus('backup', folder);
  const backedUpAt = Date.now();
  await start('delivery');
  // Unknown to the backup.
  await send(8);
  await drained(22);
  expect(acts()).toBe(22);

  await killAll();
  await onServer(`drop database "${new URL(stack.database.url).pathname.slice(1)}" with (force)`);
  const restored = await stack.lbBus('restore', folder, '--into', restoredName);
  expect(restored).toContain('Opened to try the keys: those of 1 tenants, 1 bodies, 1 secrets.');
  const lost = new URL(stack.deployment.databaseUrl);
  stack.deployment.databaseUrl = Object.assign(lost, { pathname: `/${restoredName}` }).href;

  await start('gateway', 'delivery', 'monitoring');
  await until(async () => (await queueDepth(stack.vhost, 'audit')) === 0, { what: 'no records' });
  const balance = await ledger();
  expect(balance.ended).toEqual({ delivered: 10 });
  expect(balance.missing).toEqual([{ target: 'topdesk', count: 4, queued: 0 }]);
  const askFrom = Date.parse(balance.gap?.askFrom ?? '');
  expect(askFrom).toBeLessThan(backedUpAt);

  expect(await putAgain()).toContain('aalter topdesk: 4 put in its queue again');
  for (const { event, sentAt } of outbox) if (sentAt >= askFrom) await deliver(event);
  await drained(22);
  expect(ids.size).toBe(22);
  expect(acts()).toBe(22);
  expect(await ledger()).toMatchObject({ ended: { delivered: 22 }, standing: {}, missing: [] });
});

it('after the broker was lost with what was in its queues, the bus puts it there again itself', async () => {
  await stop('delivery');
  await send(5);
  await collected(27);
  await killAll();
  const { name } = stack.vhost;
  await manage('DELETE', `/vhosts/${name}`);
  await manage('PUT', `/vhosts/${name}`);
  const all = { configure: '.*', write: '.*', read: '.*' };
  await manage('PUT', `/permissions/${name}/${name}`, all);

  await start('gateway', 'delivery', 'monitoring');
  expect((await ledger()).missing).toEqual([{ target: 'topdesk', count: 5, queued: 0 }]);
  await putAgain();
  await drained(27);
  expect(acts()).toBe(27);
  const status = await fetch(`${running[0]?.url}/v1/messages?limit=200&type=${meldingIngediend}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { messages } = (await status.json()) as { messages: { id: string; status: string }[] };
  expect(messages.map(({ status: end }) => end)).toEqual(Array(27).fill('delivered'));
  expect(new Set(messages.map(({ id }) => id))).toEqual(ids);
});
