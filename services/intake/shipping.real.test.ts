import { connectBus, type Bus } from '#bus/connection.js';
import {
  closeConnections,
  freshVhost,
  manage,
  queueDepth,
  type FreshVhost,
} from '#infra/testing/broker.js';
import { TestGate } from '#infra/testing/gate.js';
import { meldingEvent } from '#infra/testing/melding.js';
import { until } from '#infra/testing/until.js';
import { createLog } from '#runtime/log.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const queues = ['t.aalter.topdesk', 't.aalter.meldpunt', 'audit'];
const log = createLog('test', 'silent');

describe('accepting, with a real broker', () => {
  let vhost: FreshVhost;
  let bus: Bus;
  let gate: TestGate;

  const start = async (maxLength?: number): Promise<void> => {
    bus = connectBus({
      url: vhost.url,
      name: 'test',
      log,
      ...(maxLength !== undefined && { maxLength }),
    });
    await bus.ready(10_000);
    gate = new TestGate({ publish: bus.publish, ensureQueues: bus.ensureQueues });
  };
  const depths = () => Promise.all(queues.map((queue) => queueDepth(vhost, queue)));

  beforeEach(async () => {
    vhost = await freshVhost();
  });
  afterEach(async () => {
    await bus.close();
    await vhost.drop();
  });

  it('makes the queues that are missing, and answers once all of them have the message', async () => {
    await start();
    const { envelope } = await gate.accept(meldingEvent());
    expect(await depths()).toEqual([1, 1, 1]);
    const carried = await new Promise((resolve) => {
      bus.consume('t.aalter.topdesk', { prefetch: 1 }, (delivery) => {
        resolve(delivery.headers['lb-envelope']);
        delivery.ack();
        return Promise.resolve();
      });
    });
    expect(JSON.parse(String(carried))).toEqual(envelope);
  });

  it('heals a queue that is deleted between two messages', async () => {
    await start();
    await gate.accept(meldingEvent());
    await until(() => queueDepth(vhost, 'audit'), { what: 'the first has come' });
    await manage('DELETE', `/queues/${vhost.name}/t.aalter.meldpunt`);
    await gate.accept(meldingEvent({ id: '2026-000124' }));
    expect(await depths()).toEqual([2, 1, 2]);
  });

  it('answers 503 and promises nothing while one target queue is full; a repeat heals once it is not', async () => {
    await start(1);
    await bus.ensureQueues(queues);
    const filler = { body: Buffer.from('x'), headers: {} };
    const fill = async (): Promise<boolean> => {
      try {
        await bus.publish('t.aalter.meldpunt', filler);
        return false;
      } catch {
        return true;
      }
    };
    await until(fill, { what: 'the queue is full' });
    expect(await gate.refused(meldingEvent())).toMatchObject({
      status: 503,
      code: 'broker-unavailable',
    });
    expect(await queueDepth(vhost, 'audit')).toBe(0);

    const emptying = bus.consume('t.aalter.meldpunt', { prefetch: 10 }, (delivery) => {
      delivery.ack();
      return Promise.resolve();
    });
    const topdesk = bus.consume('t.aalter.topdesk', { prefetch: 10 }, (delivery) => {
      delivery.ack();
      return Promise.resolve();
    });
    await until(() => gate.accept(meldingEvent()).catch(() => null), { what: 'it is accepted' });
    expect(await queueDepth(vhost, 'audit')).toBe(1);
    await Promise.all([emptying.stop(), topdesk.stop()]);
  });

  it('answers 503 while the broker is away, and accepts when it is back', async () => {
    await start();
    await gate.accept(meldingEvent());
    await until(() => closeConnections(vhost), { what: 'the broker shows the connections' });
    await until(() => bus.state() !== 'up', { what: 'the bus noticed' });
    expect(await gate.refused(meldingEvent({ id: 'b' }))).toMatchObject({
      status: 503,
      reasons: [],
    });
    await bus.ready(10_000);
    await gate.accept(meldingEvent({ id: 'b' }));
    expect((await depths()).every((depth) => depth >= 2)).toBe(true);
  });
});
