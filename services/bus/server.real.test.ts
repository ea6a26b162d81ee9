import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Controller, Logger, Module, UseFilters, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { freshVhost, type FreshVhost } from '#infra/testing/broker.js';
import { until } from '#infra/testing/until.js';
import { setAside } from './aside.js';
import { connectBus, type Bus } from './connection.js';
import type { Delivery } from './delivery.js';
import { RethrowFilter } from './rethrow.filter.js';
import { BusServer } from './server.js';
import { asideQueue } from './topology.js';
const got: string[] = [];
let failures = 0;
let finish: (() => void) | undefined;
const lines: string[] = [];
const log = pino({ level: 'error' }, { write: (line: string) => lines.push(line) });

@UseFilters(RethrowFilter)
@Controller()
class Works {
  @EventPattern('work')
  async work(@Payload() delivery: Delivery): Promise<void> {
    const text = delivery.body.toString();
    if (text === 'fails once' && (failures += 1) === 1) throw new Error('the very reason');
    if (text === 'slow') await new Promise<void>((resolve) => (finish = resolve));
    got.push(`${delivery.queue} ${text}`);
    delivery.ack();
  }
}
@Module({ controllers: [Works] })
class WorksModule {}

let vhost: FreshVhost;
let bus: Bus;
let server: BusServer;
let app: INestApplication;

const send = async (queue: string, text: string): Promise<void> => {
  await bus.declareQueue(queue);
  await bus.publish(queue, { body: Buffer.from(text), headers: {} });
};
const ready = async (queue: string) => (await bus.countMessages([queue])).get(queue);

beforeAll(async () => {
  vhost = await freshVhost();
  bus = connectBus({ url: vhost.url, name: 'test', log });
  server = new BusServer(bus);
  Logger.overrideLogger(false);
  app = await NestFactory.create(WorksModule, new FastifyAdapter());
  app.connectMicroservice({ strategy: server });
  server.serve([{ queue: 't.a.x', pattern: 'work', prefetch: 5 }]);
  await app.startAllMicroservices();
  await bus.ready(10_000);
});
afterAll(async () => {
  await app.close();
  await bus.close();
  await vhost.drop();
});

it('hands a delivery to the handler of its pattern and follows the set of queues at run time', async () => {
  await send('t.a.x', 'one');
  await send('t.b.x', 'two');
  await until(() => got.includes('t.a.x one'), { what: 'the first queue' });
  expect(got).not.toContain('t.b.x two');
  server.serve([{ queue: 't.b.x', pattern: 'work', prefetch: 5 }]);
  await until(() => got.includes('t.b.x two'), { what: 'the second queue' });
  await until(
    async () => {
      await send('t.a.x', 'nobody');
      return (await ready('t.a.x')) !== 0;
    },
    { what: 'the first queue left alone' },
  );
});

it('logs what a handler threw, as it was thrown, and the delivery comes again', async () => {
  await send('t.b.x', 'fails once');
  await until(() => got.includes('t.b.x fails once'), { what: 'the second time' });
  expect(failures).toBe(2);
  expect(lines.join()).toContain('the very reason');
});

it('refuses to serve a queue that no handler would take', () => {
  expect(() => server.serve([{ queue: 't.c.x', pattern: 'nothing', prefetch: 1 }])).toThrow(
    'no handler for "nothing"',
  );
  server.serve([{ queue: 't.b.x', pattern: 'work', prefetch: 5 }]);
});

it('sets aside what cannot be read, with the reason, once', async () => {
  const aside: Delivery[] = [];
  await send('t.d.x', 'unreadable');
  const consumer = bus.consume('t.d.x', { prefetch: 1 }, (delivery) =>
    setAside(bus, delivery, 'header lb-envelope is missing'),
  );
  await until(async () => (await ready(asideQueue)) === 1, { what: 'the message aside' });
  await consumer.stop();
  expect(await ready('t.d.x')).toBe(0);
  bus.consume(asideQueue, { prefetch: 1 }, (delivery) => {
    aside.push(delivery);
    delivery.ack();
  });
  await until(() => aside.length === 1, { what: 'the message aside, read' });
  expect(aside[0]?.body.toString()).toBe('unreadable');
  expect(aside[0]?.headers).toMatchObject({
    'lb-aside-from': 't.d.x',
    'lb-aside-reason': 'header lb-envelope is missing',
  });
});

it('waits for a running handler before it closes', async () => {
  await send('t.b.x', 'slow');
  await until(() => finish, { what: 'the running handler' });
  let closed = false;
  const closing = Promise.resolve(server.close()).then(() => (closed = true));
  await send('t.b.x', 'late');
  expect(closed).toBe(false);
  finish?.();
  await closing;
  expect(got).toContain('t.b.x slow');
  expect(got).not.toContain('t.b.x late');
});
