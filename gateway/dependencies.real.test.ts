import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
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
  const health = (): Promise<Reply> => call(`${gateway.url}/health/ready`);
  const ready = async (): Promise<number> => (await health()).status;
  const unavailable = async (path: string): Promise<void> => {
    const unread = await call(`${gateway.url}${path}`, { key });
    expect({ path, status: unread.status, code: unread.json['code'] }).toEqual({
      path,
      status: 503,
      code: 'unavailable',
    });
    expect(Number(unread.headers.get('retry-after'))).toBeGreaterThan(0);
  };

  it('[postgres-down] goes on accepting while PostgreSQL is away, and says that it cannot read', async () => {
    gateway.databaseLine.cut();
    const before = await queueDepth(gateway.vhost, 'audit');
    const reply = await post('without-database');
    expect(reply.status).toBe(202);
    expect(await queueDepth(gateway.vhost, 'audit')).toBe(before + 1);
    for (const path of [
      reply.headers.get('location') ?? '',
      '/v1/messages',
      '/v1/postvak/meldpunt/messages',
    ])
      await unavailable(path);
    expect(await health()).toMatchObject({
      status: 200,
      json: { ready: true, limited: expect.stringContaining('PostgreSQL does not answer') },
    });
    gateway.databaseLine.join();
    await until(async () => (await call(`${gateway.url}/v1/messages`, { key })).status === 200, {
      what: 'reading again',
    });
  });

  it.each([
    ['[postgres-full] PostgreSQL is full', '53100', 'PostgreSQL is full'],
    ['[postgres-slow] a statement takes too long', '57014', 'PostgreSQL is too slow'],
    ['[postgres-read-only] PostgreSQL is a standby', '25006', 'PostgreSQL takes no writes'],
    ['[postgres-restarting] PostgreSQL recovers', '57P03', 'PostgreSQL is starting'],
  ])(
    '%s: goes on accepting and reading, and gives nothing from a postvak',
    async (_, code, says) => {
      const owner = new pg.Client({ connectionString: gateway.database.url });
      await owner.connect();
      await owner.query(`create or replace function refuse() returns trigger language plpgsql as $$
      begin raise exception 'no' using errcode = '${code}'; end $$`);
      await owner.query(`create trigger refuse before update on delivery.postvak
      for each statement execute function refuse()`);
      await unavailable('/v1/postvak/meldpunt/messages');
      expect((await health()).json['limited']).toContain(says);
      expect((await post(`at-${code}`)).status).toBe(202);
      expect((await call(`${gateway.url}/v1/messages`, { key })).status).toBe(200);
      await owner.query('drop trigger refuse on delivery.postvak');
      await owner.end();
      expect((await call(`${gateway.url}/v1/postvak/meldpunt/messages`, { key })).status).toBe(200);
    },
  );

  it('[broker-down] accepts nothing while the broker is away, says when to come back, and goes on when it is there', async () => {
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
