import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { message, textOf, useBroker } from '#infra/testing/bus.js';
import { startProxy, type Proxy } from '#infra/testing/delivery/proxy.js';
import { until } from '#infra/testing/until.js';

const broker = useBroker();
const lines: { close: () => unknown }[] = [];
afterEach(async () => {
  await Promise.all(lines.splice(0).map((line) => line.close()));
});

const nodes = async (): Promise<{ one: Proxy; other: Proxy; url: string }> => {
  const [one, other] = [await startProxy(broker.vhost.url), await startProxy(broker.vhost.url)];
  lines.push(one, other);
  return { one, other, url: `${one.url},${other.url}` };
};

it('goes on at another node when the one it is connected to dies, and back when that dies too', async () => {
  const { one, other, url } = await nodes();
  const bus = await broker.connected({ url });
  const got: string[] = [];
  await bus.declareQueue('t.nodes.x');
  bus.consume('t.nodes.x', { prefetch: 5 }, (delivery) => {
    got.push(textOf(delivery));
    delivery.ack();
  });
  const passes = async (text: string): Promise<void> => {
    await until(() => bus.publish('t.nodes.x', message(text)).then(() => true), {
      what: `${text} to be published`,
    });
    await until(() => got.includes(text), { what: `${text} to be consumed` });
  };
  one.cut();
  await passes('without the first');
  one.join();
  other.cut();
  await passes('without the second');
  one.cut();
  await until(() => bus.state() === 'down', { what: 'no node left' });
  other.join();
  await passes('with the second again');
});

it('does not wait for a node that takes a connection and says nothing', async () => {
  const mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  lines.push(mute);
  const { port } = mute.address() as AddressInfo;
  const { one } = await nodes();
  const address = new URL(broker.vhost.url);
  address.port = String(port);
  // Whichever is tried first, by chance: both connections of a few buses come up.
  const buses = await Promise.all(
    [1, 2, 3].map(() => broker.connected({ url: `${address.href},${one.url}` })),
  );
  expect(buses.map((bus) => bus.state())).toEqual(['up', 'up', 'up']);
});

it('refuses an address it cannot read at once, without repeating it', () => {
  expect(() => broker.opened({ url: 'bus:secret' })).toThrow(/AMQP_URL is not an address/);
});
