import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { busIdOf } from '#bus/envelope.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { topdesk } from '#connectors/topdesk/topdesk.connector.js';
import { startReceiver, type Receiver } from '#infra/testing/deploy/receiver.js';
import { meldingOf, post } from '#infra/testing/deploy/sender.js';
import { apiKey, declareTenant, keysOnly, source } from '#infra/testing/deploy/tenant.js';
import { queueDepth } from '#infra/testing/broker.js';
import { newStack, type RunningRole, type Stack } from '#infra/testing/processes.js';
import { until } from '#infra/testing/until.js';
import { startSimulator, type Simulator } from '#kit/simulator-host.js';

jest.setTimeout(240_000);

let stack: Stack;
let receiver: Receiver;
let simulator: Simulator;
const account = { name: 'aalter', secret: 'app-password-1' };

beforeAll(async () => {
  [stack, receiver] = await Promise.all([newStack(), startReceiver()]);
  if (!topdesk.simulator) throw new Error('TOPdesk has no simulator');
  simulator = await startSimulator(topdesk.simulator, { accounts: [account] });
  await declareTenant(stack, {
    backend: receiver.url,
    topdesk: { ...simulator.settings(account.name), password: account.secret },
    postvak: true,
  });
});
afterAll(async () => {
  await stack.end();
  await receiver.close();
  await simulator.close();
});

/** What the process says of itself to a load balancer. */
const readiness = async ({ internalUrl }: RunningRole): Promise<[number, unknown]> => {
  const response = await fetch(`${internalUrl}/health/ready`);
  return [response.status, await response.json()];
};

const opened = (
  { url }: RunningRole,
  path: string,
  headers: Record<string, string>,
): { sent: ClientRequest; answered: Promise<[IncomingMessage, string]> } => {
  const sent = request(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, ...headers },
  });
  const read = async (): Promise<[IncomingMessage, string]> => {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return [response, Buffer.concat(chunks).toString('utf8')];
  };
  const answered = read();
  answered.catch(() => undefined);
  return { sent, answered };
};

const melding = JSON.stringify(meldingOf('half', 'half-1'));
const structured = {
  'content-type': 'application/cloudevents+json',
  'content-length': String(Buffer.byteLength(melding)),
};

/** A gateway of its own with a request that never ends. */
const silentSender = async () => {
  const gateway = await stack.start('gateway', keysOnly);
  const half = opened(gateway, '/v1/messages', structured);
  half.sent.on('error', () => undefined);
  half.sent.write(melding.slice(0, 100));
  return { gateway, answered: half.answered };
};

describe('a gateway that is stopped', () => {
  it('turns unready first, answers what it has in hand with "connection: close", and leaves with 0', async () => {
    const gateway = await stack.start('gateway', keysOnly);
    const polling = fetch(`${gateway.url}/v1/postvak/postbus/messages?wait=30`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    const half = opened(gateway, '/v1/messages', structured);
    half.sent.write(melding.slice(0, 100));
    const upload = opened(gateway, '/v1/attachments', {
      'content-type': 'image/png',
      'transfer-encoding': 'chunked',
    });
    upload.sent.write(Buffer.alloc(200_000, 1));
    await pause(500);

    const began = Date.now();
    const stopping = gateway.stop();
    await until(async () => (await readiness(gateway))[0] === 503, { what: 'unready' });
    expect(await readiness(gateway)).toEqual([503, { ready: false, reason: 'stopping' }]);
    const polled = await polling;
    expect([polled.status, polled.headers.get('connection'), await polled.json()]).toEqual([
      200,
      'close',
      { messages: [] },
    ]);
    await expect(fetch(`${gateway.url}/v1/types`)).rejects.toThrow();

    half.sent.end(melding.slice(100));
    const [accepted] = await half.answered;
    expect([accepted.statusCode, accepted.headers.connection]).toEqual([202, 'close']);
    upload.sent.end(Buffer.alloc(200_000, 2));
    const [stored, body] = await upload.answered;
    expect([stored.statusCode, stored.headers.connection]).toEqual([201, 'close']);
    expect(JSON.parse(body)).toMatchObject({ size: 400_000 });
    expect(await stopping).toBe(0);
    expect(Date.now() - began).toBeLessThan(20_000);
  });
});

describe('a delivery that is stopped', () => {
  let gateway: RunningRole;
  beforeAll(async () => {
    gateway = await stack.start('gateway', keysOnly);
  });
  afterEach(() => {
    receiver.waitMs = 0;
  });
  const receivedAs = (senderId: string) =>
    receiver.received.filter((one) => one.senderId === senderId).length;
  /** How its effect stands at the target. */
  const statusOf = async (senderId: string, target: string): Promise<string | undefined> => {
    const client = new Client({ connectionString: stack.database.url });
    await client.connect();
    try {
      await client.query(`select set_config('app.tenant', '*', false)`);
      const { rows } = await client.query<{ state: string }>(
        'select state from delivery.effect where message = $1 and target = $2',
        [busIdOf('aalter', source, senderId), target],
      );
      return rows[0]?.state;
    } finally {
      await client.end();
    }
  };
  const sent = async (senderId: string): Promise<void> => {
    const response = await post(gateway.url, meldingOf(senderId, senderId));
    expect(response.status).toBe(202);
  };

  it('finishes what a slow system has in hand, takes nothing more, and leaves with 0; the second signal changes nothing', async () => {
    const first = await stack.start('delivery');
    await until(async () => (await queueDepth(stack.vhost, 't.aalter.backend')) === 0, {
      what: 'the queue of what came before to be empty',
    });
    receiver.waitMs = 3_000;
    await sent('slow-1');
    await until(() => receivedAs('slow-1') === 1, { what: 'the system to have it' });
    const stopping = first.stop();
    await until(async () => (await readiness(first))[0] === 503, { what: 'unready' });
    process.kill(first.pid, 'SIGTERM');
    process.kill(first.pid, 'SIGINT');
    await sent('slow-2');
    expect(await stopping).toBe(0);
    expect(receivedAs('slow-2')).toBe(0);
    const second = await stack.start('delivery');
    await until(() => receivedAs('slow-2') === 1, { what: 'the next to go on with it' });
    expect(await second.stop()).toBe(0);
    expect([receivedAs('slow-1'), receivedAs('slow-2')]).toEqual([1, 1]);
  });

  it('leaves with 0 within 20 s while a system hangs that has done it already, like a gateway whose sender has fallen silent; another asks, and nothing is done twice', async () => {
    // Longer than a process has to end.
    const hurried = { LBBUS_SEND_DEADLINE_SECONDS: '25' };
    const incidents = () => simulator.effects(account.name).length;
    const first = await stack.start('delivery', hurried);
    await until(async () => (await queueDepth(stack.vhost, 't.aalter.topdesk')) === 0, {
      what: 'the queue of what came before to be empty',
    });
    simulator.fault({ kind: 'hang', methods: ['POST'], times: 1, handled: true });
    const before = incidents();
    await sent('hangs');
    await until(() => incidents() === before + 1, { what: 'the system to have it' });
    const silent = await silentSender();
    const began = Date.now();
    expect(await Promise.all([first.stop(), silent.gateway.stop()])).toEqual([0, 0]);
    await expect(silent.answered).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(20_000);
    const second = await stack.start('delivery', hurried);
    await until(async () => (await statusOf('hangs', 'topdesk')) === 'done', {
      what: 'the message to be settled by the next',
      timeoutMs: 90_000,
    });
    expect(incidents()).toBe(before + 1);
    expect(await second.stop()).toBe(0);
  });
});

it('monitoring that is stopped stores what it has in hand and leaves with 0', async () => {
  const monitoring = await stack.start('monitoring');
  expect(await monitoring.stop()).toBe(0);
});
