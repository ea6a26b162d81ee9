import { createServer, connect as connectSocket, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { message, useBroker } from '#infra/testing/bus.js';
import { until } from '#infra/testing/until.js';
import type { Bus } from './connection.js';
import { BrokerUnavailable } from './failures.js';
import { publishLimits } from './window.js';

const own = useBroker();

/** A method frame of class `connection` on channel 0, as the broker sends it. */
const connectionFrame = (method: number, content: Buffer): Buffer => {
  const head = Buffer.alloc(11);
  head.writeUInt8(1, 0);
  head.writeUInt32BE(4 + content.length, 3);
  head.writeUInt16BE(10, 7);
  head.writeUInt16BE(method, 9);
  return Buffer.concat([head, content, Buffer.from([0xce])]);
};
const blockedFrame = connectionFrame(60, Buffer.from('\u0009low on me'));
const unblockedFrame = connectionFrame(61, Buffer.alloc(0));

/**
 * Stands before the real broker and behaves as it does with a memory alarm: says `blocked`, then reads nothing more.
 * (An alarm of the real one would block every other test on it.)
 */
const brokerWithAlarm = async (brokerUrl: string) => {
  const broker = new URL(brokerUrl);
  const pairs: { client: Socket; server: Socket }[] = [];
  const listener = createServer((client) => {
    const server = connectSocket(Number(broker.port), broker.hostname);
    pairs.push({ client, server });
    client.pipe(server).pipe(client);
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const url = new URL(brokerUrl);
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url: url.href,
    silence: () => pairs.forEach(({ client, server }) => client.unpipe(server).pause()),
    alarm: () =>
      pairs.forEach(({ client, server }) => {
        client.unpipe(server).pause();
        client.write(blockedFrame);
      }),
    clear: () =>
      pairs.forEach(({ client, server }) => {
        client.write(unblockedFrame);
        client.pipe(server);
      }),
    close: () => {
      listener.close();
      pairs.forEach(({ client, server }) => {
        client.destroy();
        server.destroy();
      });
    },
  };
};

describe('publishing while the broker cannot', () => {
  let broker: Awaited<ReturnType<typeof brokerWithAlarm>>;
  const connected = (confirmTimeoutMs: number, waiting = 5_000): Promise<Bus> =>
    own.connected({
      url: broker.url,
      publishing: { ...publishLimits, inFlight: 10, waiting, confirmTimeoutMs },
    });
  afterEach(() => broker.close());

  it('rejects at once while blocked, keeps what was on its way, and publishes again after it', async () => {
    broker = await brokerWithAlarm(own.vhost.url);
    const bus = await connected(30_000);
    await bus.declareQueue('t.blocked.x');
    broker.silence();
    const onTheWay = Array.from({ length: 10 }, (_, n) =>
      bus.publish('t.blocked.x', message(`w${n}`)),
    );
    const inLine = bus.publish('t.blocked.x', message('in line'));
    broker.alarm();
    await expect(inLine).rejects.toMatchObject({ name: 'BrokerUnavailable', ambiguous: false });
    expect(bus.state()).toBe('blocked');
    await expect(bus.publish('t.blocked.x', message('no'))).rejects.toThrow(/blocked/);
    broker.clear();
    await Promise.all(onTheWay);
    await until(() => bus.state() === 'up', { what: 'the end of the alarm' });
    await bus.publish('t.blocked.x', message('yes'));
    expect((await bus.countMessages(['t.blocked.x'])).get('t.blocked.x')).toBe(11);
  });

  it('[broker-silent] says ambiguous where no confirm comes in time, and goes on when the broker answers again', async () => {
    broker = await brokerWithAlarm(own.vhost.url);
    const bus = await connected(600);
    await bus.declareQueue('t.silent.x');
    broker.silence();
    await expect(bus.publish('t.silent.x', message('unsure'))).rejects.toMatchObject({
      name: 'BrokerUnavailable',
      ambiguous: true,
    });
    expect(bus.state()).toBe('down');
    await until(() => bus.publish('t.silent.x', message('sure')).then(() => true), {
      what: 'publishing again',
    });
  });

  it('keeps a bounded line: beyond it a publish is rejected at once', async () => {
    broker = await brokerWithAlarm(own.vhost.url);
    const bus = await connected(2_000, 20);
    await bus.declareQueue('t.bounded.x');
    broker.silence();
    const all = Array.from({ length: 31 }, () => bus.publish('t.bounded.x', message('m')));
    const last = all.pop();
    await expect(last).rejects.toThrow(/too much is on its way/);
    const outcomes = await Promise.allSettled(all);
    expect(
      outcomes.every(
        (outcome) => outcome.status === 'rejected' && outcome.reason instanceof BrokerUnavailable,
      ),
    ).toBe(true);
  });

  it('rejects at once while there is no broker, and comes up when there is one', async () => {
    broker = await brokerWithAlarm(own.vhost.url);
    const gone = new URL(broker.url);
    broker.close();
    const bus = own.opened({ url: gone.href });
    expect(bus.state()).toBe('down');
    await expect(bus.publish('t.x.x', message('m'))).rejects.toBeInstanceOf(BrokerUnavailable);
    await expect(bus.ready(200)).rejects.toBeInstanceOf(BrokerUnavailable);
  });
});
