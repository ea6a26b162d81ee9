import { setImmediate as othersFirst } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { acceptedPublication, stepPublication } from '#bus/audit.js';
import { connectBus, type Bus } from '#bus/connection.js';
import { asideQueue, auditQueue } from '#bus/topology.js';
import { freshVhost, type FreshVhost } from '#infra/testing/broker.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, type Database } from '#runtime/database.js';
import type { KeyRing } from '#runtime/keys.js';
import { createMonitoringMetrics } from '#runtime/metrics.js';
import { envelopeOf, keysOfTest, stepOf, testKeys } from '#infra/testing/audit-records.js';
import { Collector, collectorPrefetch } from './collector.js';

describe('the collector between broker and PostgreSQL', () => {
  let vhost: FreshVhost;
  let fresh: FreshDatabase;
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  let bus: Bus;
  let database: Database;
  let collector: Collector;
  const metrics = createMonitoringMetrics({ process: false });
  let away = false;
  let known: (tenant: string) => KeyRing | null = keysOfTest;

  /** The database as it is while PostgreSQL does not answer. */
  const fickle = (): Pick<Database, 'scoped'> & Database => ({
    ...database,
    scoped: (scope, work) =>
      away
        ? Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
        : database.scoped(scope, work),
  });

  beforeAll(async () => {
    [vhost, fresh] = await Promise.all([freshVhost(), freshDatabase()]);
    database = openDatabase({ url: fresh.url, log });
    bus = connectBus({ url: vhost.url, name: 'test', log });
    await bus.ready(10_000);
    await bus.ensureQueues([auditQueue]);
    collector = new Collector({
      database: fickle(),
      bus,
      keysOf: (tenant) => known(tenant),
      metrics,
      log,
    });
    bus.consume(auditQueue, { prefetch: collectorPrefetch }, (delivery) =>
      collector.collect(delivery),
    );
  });
  afterEach(() => {
    away = false;
    known = keysOfTest;
  });
  afterAll(async () => {
    await bus.close();
    await collector.stop();
    await database.close();
    await Promise.all([vhost.drop(), fresh.drop()]);
  });

  const send = (number: number): Promise<void> =>
    bus.publish(auditQueue, acceptedPublication(envelopeOf(number), Buffer.from('sealed')));
  const stored = (number: number) =>
    database.scoped('*', (trx) =>
      trx
        .selectFrom('monitoring.message')
        .selectAll()
        .where('id', '=', envelopeOf(number).id)
        .executeTakeFirst(),
    );
  const told = async (name: string): Promise<number> =>
    Number(new RegExp(`^${name} (.+)$`, 'm').exec(await metrics.registry.metrics())?.[1]);
  const statusOf = async (number: number) => (await stored(number))?.status;
  const depth = async (queue: string) => (await bus.countMessages([queue])).get(queue);

  it('makes each step readable', async () => {
    const envelope = envelopeOf(1, { targets: ['topdesk'] });
    for (const [index, status] of (['waiting', 'delivered'] as const).entries()) {
      const sequence = index + 1;
      await bus.publish(
        auditQueue,
        stepPublication(stepOf(envelope, { sequence, status }), testKeys),
      );
      await until(async () => (await statusOf(1)) === status, { what: status });
    }
  });

  it('loses nothing while PostgreSQL is away and acknowledges only what is stored', async () => {
    away = true;
    const sent: Promise<void>[] = [];
    // One a turn: what is sent in one turn travels together.
    for (let index = 0; index < 700; index += 1) {
      sent.push(send(1_000 + index));
      await othersFirst();
    }
    await Promise.all(sent);
    await until(async () => (await depth(auditQueue)) === 700 - collectorPrefetch, {
      what: 'a full hand',
    });
    expect(await stored(1_000)).toBeUndefined();
    // Of what it has in hand it knows once it has read it, after the rest of the batch before.
    await until(async () => (await told('lbbus_audit_lag_seconds')) > 3_600, { what: 'the lag' });
    const before = await told('lbbus_audit_records_stored_total');
    away = false;
    const count = async (): Promise<number> =>
      Number(
        (
          await database.scoped('*', (trx) =>
            trx
              .selectFrom('monitoring.message')
              .select((expression) => expression.fn.countAll().as('count'))
              .where('sender_id', '>=', '2026-1000')
              .where('sender_id', '<=', '2026-1699')
              .executeTakeFirstOrThrow(),
          )
        ).count,
      );
    await until(async () => (await count()) === 700, { what: 'all 700', timeoutMs: 20_000 });
    await until(async () => (await told('lbbus_audit_lag_seconds')) === 0, { what: 'no lag' });
    expect(await told('lbbus_audit_records_stored_total')).toBe(before + 700);
  });

  it('sets aside what cannot be read or stored, once, and stores everything around it', async () => {
    const unstorable = envelopeOf(2_005, { acceptedAt: '2026-99-99T08:00:00Z' });
    const all = [2_000, 2_001, 2_002, 2_003, 2_004].map(send);
    all.push(bus.publish(auditQueue, acceptedPublication(unstorable, Buffer.from('x'))));
    all.push(
      bus.publish(auditQueue, { body: Buffer.from('An Voorbeeld'), headers: { 'lb-record': 'x' } }),
    );
    all.push(...[2_006, 2_007].map(send));
    await Promise.all(all);
    await until(async () => (await depth(asideQueue)) === 2, { what: 'both aside' });
    for (const number of [2_000, 2_001, 2_002, 2_003, 2_004, 2_006, 2_007])
      await until(() => stored(number), { what: `message ${number}` });
    expect(await depth(auditQueue)).toBe(0);
    expect(lines.join()).toContain('set aside');
    expect(lines.join()).not.toContain('Voorbeeld');
  });

  it('waits for the key of a tenant that is not known yet', async () => {
    let asked = 0;
    known = () => {
      asked += 1;
      return null;
    };
    const envelope = envelopeOf(3_000);
    await bus.publish(auditQueue, stepPublication(stepOf(envelope), testKeys));
    await until(() => asked > 1, { what: 'a second look' });
    expect(await stored(3_000)).toBeUndefined();
    known = keysOfTest;
    await until(() => stored(3_000), { what: 'the step stored' });
  });
});
