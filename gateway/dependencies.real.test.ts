import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { json, structured } from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { call, type Reply } from '#infra/testing/caller.js';
import { key, tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { meldingEvent } from '#infra/testing/melding.js';
import { until } from '#infra/testing/until.js';

describe('a gateway', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ tenants });
  }, 60_000);
  afterAll(() => gateway.end());

  const post = (id: string): Promise<Reply> =>
    call(`${gateway.url}/v1/messages`, {
      key,
      headers: structured,
      body: json(meldingEvent({ id })),
    });
  const ready = async (): Promise<number> => (await call(`${gateway.url}/health/ready`)).status;

  it('goes on accepting while PostgreSQL is away, and says that it cannot read', async () => {
    gateway.databaseLine.cut();
    const before = await queueDepth(gateway.vhost, 'audit');
    const reply = await post('without-database');
    expect(reply.status).toBe(202);
    expect(await queueDepth(gateway.vhost, 'audit')).toBe(before + 1);
    expect(await ready()).toBe(200);
    for (const path of [
      reply.headers.get('location') ?? '',
      '/v1/messages',
      '/v1/postvak/meldpunt/messages',
    ]) {
      const unread = await call(`${gateway.url}${path}`, { key });
      expect({ path, status: unread.status, code: unread.json['code'] }).toEqual({
        path,
        status: 503,
        code: 'unavailable',
      });
      expect(Number(unread.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    gateway.databaseLine.join();
    await until(async () => (await call(`${gateway.url}/v1/messages`, { key })).status === 200, {
      what: 'reading again',
    });
  });

  it('accepts nothing while the broker is away, says when to come back, and goes on when it is there', async () => {
    const before = await queueDepth(gateway.vhost, 'audit');
    gateway.brokerLine.cut();
    await until(async () => (await ready()) === 503, { what: 'not ready' });
    const reply = await post('without-broker');
    expect(reply).toMatchObject({ status: 503, json: { code: 'broker-unavailable' } });
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call(`${gateway.url}/health/live`)).status).toBe(200);
    expect(await queueDepth(gateway.vhost, 'audit')).toBe(before);
    gateway.brokerLine.join();
    await until(async () => (await ready()) === 200, { what: 'ready again', timeoutMs: 20_000 });
    expect((await post('without-broker')).status).toBe(202);
    expect(await queueDepth(gateway.vhost, 'audit')).toBe(before + 1);
  }, 40_000);
});
