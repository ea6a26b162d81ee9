import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { connectBus, type Bus } from '#bus/connection.js';
import { readRecord, type CollectedRecord } from '#bus/audit.js';
import { call, type Reply } from '#infra/testing/caller.js';
import { key, limitedKey, tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { until } from '#infra/testing/until.js';
import { seal, type KeyRing } from '#runtime/keys.js';
import { createLog } from '#runtime/log.js';
import { openOwnerDatabase, type OwnerDatabase } from '#tenants/owner.js';

interface Leased {
  readonly lease: string;
  readonly leasedUntil: string;
  readonly event: { readonly id: string };
}

describe('a postvak', () => {
  let gateway: TestGateway;
  let database: OwnerDatabase;
  let keys: KeyRing;
  let bus: Bus;
  const records: CollectedRecord[] = [];

  beforeAll(async () => {
    gateway = await startTestGateway({ tenants });
    database = openOwnerDatabase(gateway.database.url);
    keys = await gateway.bodyKeysOf('aalter');
    bus = connectBus({ url: gateway.vhost.url, name: 'test', log: createLog('test', 'silent') });
    bus.consume('audit', { prefetch: 10 }, async (delivery) => {
      records.push(readRecord(delivery, () => keys));
      delivery.ack();
      return Promise.resolve();
    });
  }, 60_000);
  afterEach(() =>
    database.scoped('aalter', (trx) => sql`delete from delivery.postvak`.execute(trx)),
  );
  afterAll(async () => {
    await bus.close();
    await database.close();
    await gateway.end();
  });

  /** Lays messages down as delivery does: `a1` is the first about subject a. */
  const lay = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      const id = randomUUID();
      const body = seal(Buffer.from(JSON.stringify({ id: name })), keys, `aalter|${id}`);
      const envelope = {
        version: 1,
        id,
        tenant: 'aalter',
        type: 'be.lbbus.melding.ingediend.v1',
        kind: 'event',
        source: 'urn:lb:aalter:meldpunt',
        senderId: name,
        subject: `urn:subject:${name[0] ?? ''}`,
        time: '2026-01-05T08:12:00Z',
        acceptedAt: '2026-01-05T08:12:00.000Z',
        expiresAt: null,
        digest: '00'.repeat(32),
        targets: ['meldpunt'],
        verwerking: null,
        traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
        correlationId: null,
        causationId: null,
        origin: null,
      };
      await database.scoped('aalter', async (trx) => {
        await sql`insert into delivery.postvak (tenant, postvak, subject, message, envelope, body)
          values ('aalter', 'meldpunt', ${envelope.subject}, ${id}, ${JSON.stringify(envelope)}::jsonb, ${body})`.execute(
          trx,
        );
        await sql`select pg_notify('lbbus_postvak', 'aalter/meldpunt')`.execute(trx);
      });
    }
  };
  const address = (rest: string): string => `${gateway.url}/v1/postvak/meldpunt/${rest}`;
  const pull = async (query = ''): Promise<readonly Leased[]> => {
    const reply = await call(address(`messages${query}`), { key });
    expect(reply.status).toBe(200);
    return reply.json['messages'] as Leased[];
  };
  const namesOf = (leased: readonly Leased[]): string[] => leased.map(({ event }) => event.id);
  const settle = (act: 'ack' | 'nack', body: object): Promise<Reply> =>
    call(address(act), { key, body: JSON.stringify(body) });
  const leasesOf = (leased: readonly Leased[]): string[] => leased.map(({ lease }) => lease);

  it('gives messages in order, each to one', async () => {
    await lay('a1', 'b1', 'a2');
    const leased = await pull();
    expect(namesOf(leased)).toEqual(['a1', 'b1', 'a2']);
    const leftMs = new Date(leased[0]?.leasedUntil ?? 0).getTime() - Date.now();
    expect(leftMs).toBeGreaterThan(50_000);
    expect(await pull()).toEqual([]);
  });

  it('keeps back later ones of a subject while an earlier one is leased, and others not', async () => {
    await lay('a1', 'a2', 'b1');
    const first = await pull('?max=1');
    expect(namesOf(first)).toEqual(['a1']);
    expect(namesOf(await pull())).toEqual(['b1']);
    await settle('ack', { leases: leasesOf(first) });
    expect(namesOf(await pull())).toEqual(['a2']);
  });

  it('gives what was given back again, after its delay and before later ones of its subject', async () => {
    await lay('a1', 'a2', 'b1');
    const first = await pull('?max=1');
    const given = await settle('nack', { leases: leasesOf(first), delaySeconds: 1 });
    expect(given.json).toEqual({ released: 1, unknown: [] });
    expect(namesOf(await pull())).toEqual(['b1']);
    expect(namesOf(await pull('?wait=5'))).toEqual(['a1', 'a2']);
  });

  it('gives what was leased and forgotten again once the lease has ended', async () => {
    await lay('a1', 'a2');
    const first = await pull('?max=1');
    await database.scoped('aalter', (trx) =>
      sql`update delivery.postvak set leased_until = now() - interval '1 second' where lease is not null`.execute(
        trx,
      ),
    );
    expect(namesOf(await pull())).toEqual(['a1', 'a2']);
    const late = await settle('ack', { leases: leasesOf(first) });
    expect(late.json).toEqual({ acknowledged: 0, unknown: leasesOf(first) });
  });

  it('lets a caller wait for the next message and answers at once when it lies there', async () => {
    const started = performance.now();
    const waiting = pull('?wait=20');
    await lay('a1');
    expect(namesOf(await waiting)).toEqual(['a1']);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('never gives one message to two that pull at the same time', async () => {
    await lay('a1', 'a2', 'b1', 'b2', 'c1', 'c2');
    const pulls = await Promise.all(Array.from({ length: 6 }, () => pull('?max=2')));
    const names = pulls.flatMap(namesOf);
    expect(new Set(names).size).toBe(names.length);
    for (const later of ['a2', 'b2', 'c2'])
      if (names.includes(later))
        expect(
          pulls.some((one) =>
            namesOf(one)
              .join()
              .includes(`${later[0] ?? ''}1,`),
          ),
        ).toBe(true);
  });

  it('records an acknowledgement for the status, once however often it is told', async () => {
    await lay('a1');
    const leases = leasesOf(await pull());
    const before = records.length;
    expect((await settle('ack', { leases })).json).toEqual({ acknowledged: 1, unknown: [] });
    expect((await settle('ack', { leases: [...leases, 'x'] })).json).toEqual({
      acknowledged: 1,
      unknown: ['x'],
    });
    await until(() => records.length > before, { what: 'the record' });
    expect(records.slice(before)).toEqual([
      expect.objectContaining({
        record: 'step',
        outcome: 'acknowledged',
        status: 'delivered',
        target: 'meldpunt',
        connector: 'postvak',
      }),
    ]);
  });

  it('acknowledges nothing that it cannot record', async () => {
    await lay('a1');
    const leases = leasesOf(await pull());
    gateway.brokerLine.cut();
    expect((await settle('ack', { leases })).status).toBe(503);
    gateway.brokerLine.join();
    await until(async () => (await settle('ack', { leases })).status === 200, {
      what: 'acknowledged',
      timeoutMs: 20_000,
    });
  }, 30_000);

  it.each([
    ['ack', {}],
    ['ack', { leases: [] }],
    ['ack', { leases: 'x' }],
    ['nack', { leases: ['x'], delaySeconds: -1 }],
    ['nack', { leases: ['x'], delay: 1 }],
  ] as const)('refuses %s with %j', async (act, body) => {
    expect(await settle(act, body)).toMatchObject({
      status: 400,
      json: { code: 'envelope-invalid' },
    });
  });

  it('is closed to a credential that does not name it, and does not exist by another name', async () => {
    const denied = await call(address('messages'), { key: limitedKey });
    expect(denied).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    for (const query of ['max=0', 'max=101', 'wait=31', 'wait=x', 'maximum=1'])
      expect((await call(address(`messages?${query}`), { key })).status).toBe(400);
  });
});
