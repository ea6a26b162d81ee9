import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { startReceiver, type Receiver } from '#infra/testing/deploy/receiver.js';
import { newSenderLedger, sendInOrder } from '#infra/testing/deploy/sender.js';
import { declareTenant, keysOnly } from '#infra/testing/deploy/tenant.js';
import { newStack, type RunningRole, type Stack } from '#infra/testing/processes.js';
import type { Role } from '../bootstrap/roles.mjs';
import { until } from '#infra/testing/until.js';

const subjects = Array.from({ length: 8 }, (_, index) => `s${index}`);
/** Messages on their way, at most: enough that something is in hand whenever a process is stopped. */
const behind = 40;
const rolling = ['delivery', 'gateway', 'monitoring'] as const;

/** Twelve starts, one after the other. */
jest.setTimeout(300_000);

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  [stack, receiver] = await Promise.all([newStack(), startReceiver()]);
  receiver.waitMs = 20;
  await declareTenant(stack, { backend: receiver.url });
});
afterAll(async () => {
  await stack.end();
  await receiver.close();
});

/** In the order of what they count: the subject's own messages as the receiver got them. */
const bySubject = (entries: readonly { subject: string; senderId: string }[]) => {
  const lanes = new Map<string, string[]>();
  for (const { subject, senderId } of entries)
    lanes.set(subject, [...(lanes.get(subject) ?? []), senderId]);
  return lanes;
};

it('loses and repeats nothing while every process is stopped and started again, one after the other', async () => {
  const running = new Map<string, RunningRole>();
  const start = async (name: string, role: Role): Promise<void> => {
    running.set(name, await stack.start(role, keysOnly));
  };
  for (const role of rolling) for (const place of [1, 2]) await start(`${role} ${place}`, role);
  const doors = () =>
    [...running.values()].filter(({ role }) => role === 'gateway').map(({ url }) => url);
  const ledger = newSenderLedger();
  const ending = new AbortController();
  const mayGoOn = () => ledger.accepted.length < receiver.received.length + behind;
  const sending = subjects.map((subject) =>
    sendInOrder(subject, { doors, stopped: ending.signal, ledger, mayGoOn }),
  );

  const codes: [string, number | null][] = [];
  for (const [name, process] of running) {
    const before = receiver.received.length;
    await until(() => receiver.received.length > before + 20, { what: `work at ${name}` });
    codes.push([name, await process.stop()]);
    await start(name, process.role);
  }
  ending.abort();
  await Promise.all(sending);
  await until(() => receiver.received.length >= ledger.accepted.length, {
    what: 'the last to be received',
  });
  // A repeat would come after the last.
  await pause(500);

  expect(codes).toEqual([...running.keys()].map((name) => [name, 0]));
  expect(ledger.refused).toEqual([]);
  expect(bySubject(receiver.received)).toEqual(bySubject(ledger.accepted));
  expect(ledger.accepted.length).toBeGreaterThan(120);
  const wrong = [...running.values()].flatMap((process) =>
    process.log().filter(({ level }) => level === 'error' || level === 'fatal'),
  );
  expect(wrong).toEqual([]);
});
