import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { acceptedOf, envelopeOf, keysOfTest, stepOf } from '#infra/testing/audit-records.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { discoverConnectors } from '#kit/discover.js';
import type { Directory } from '#tenants/directory.js';
import { batchOf } from '../collect/contents.js';
import { storeBatch } from '../collect/store.js';
import { readTrace, type Trace } from './trace.js';

const instance = (name: string, baseUrl: string, connector = name) =>
  [name, { name, connector, settings: { baseUrl, password: { secret: 'x' } } }] as const;
const connectors = new Map([
  instance('topdesk', 'https://aalter.topdesk.example'),
  instance('dynamics', 'http://crm.aalter.example', 'dynamics365'),
]);
const directory = {
  tenants: new Map(['aalter', 'beringen', 'kortrijk'].map((id) => [id, { id, connectors }])),
} as unknown as Directory;

const melding = envelopeOf(0);
const { subject } = melding;
const status = envelopeOf(3, { causationId: melding.id, subject });
const further = envelopeOf(6, { causationId: status.id });
const copy = envelopeOf(9, { causationId: melding.id, subject });
const atBeringen = envelopeOf(1, { senderId: melding.id });
const atKortrijk = envelopeOf(2, { senderId: melding.id });
const calls = [
  { method: 'GET', status: '200', durationMs: 41 },
  { method: 'POST', status: 'timeout', durationMs: 30_000 },
];

describe('the trace of a message', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let definitions: Awaited<ReturnType<typeof discoverConnectors>>;

  beforeAll(async () => {
    definitions = await discoverConnectors();
    fresh = await freshDatabase();
    database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
    const records = [
      ...[melding, status, further, copy, atBeringen, atKortrijk].map(acceptedOf),
      stepOf(melding, { outcome: 'retry', status: 'waiting', code: 'timeout', calls }),
      stepOf(melding, { target: 'postvak', outcome: 'rejected', status: 'parked' }),
    ];
    await storeBatch(database, batchOf(records), keysOfTest);
    await database.scoped('aalter', async (trx) => {
      const stand = (message: string, target: string, state: string) =>
        sql<{
          id: string;
        }>`insert into delivery.waiting (tenant, target, subject, message, state, due_at, attempt, code, detail, envelope, body)
          values ('aalter', ${target}, ${subject}, ${message}, ${state}, now(), 2, 'timeout', 'It did not answer', '{}', '')
          returning id`.execute(trx);
      await stand(status.id, 'topdesk', 'held');
      await stand(copy.id, 'topdesk', 'parked');
      await stand(melding.id, 'topdesk', 'waiting');
      const { rows } = await stand(melding.id, 'postvak', 'parked');
      await sql`insert into delivery.hold (tenant, target, code, detail, held_by)
        values ('aalter', 'topdesk', 'unauthorized', 'The password is not right', 'bus')`.execute(
        trx,
      );
      await sql`insert into delivery.reference (tenant, target, external_id, subject)
        values ('aalter', 'topdesk', 'I 2611 001', ${subject}), ('aalter', 'dynamics', 'CAS-01', ${subject}),
          ('aalter', 'gone', 'G-1', ${subject})`.execute(trx);
      const order = await sql<{ id: string }>`
        insert into delivery.parked_order (tenant, act, state, rate, stop_percent, operator, reason, started_at)
        values ('aalter', 'edit', 'done', 1, 100, 'an.voorbeeld', 'Verkeerde categorie', now()) returning id`.execute(
        trx,
      );
      const orderId = order.rows[0]?.id;
      await sql`insert into delivery.parked_item (order_id, row_id, tenant, target, subject, message, type, parked_code, parked_at, uncertain, sequence, state)
        values (${orderId}, ${rows[0]?.id}, 'aalter', 'postvak', ${subject}, ${melding.id}, 't', 'invalid', now(), false, 1, 'delivered')`.execute(
        trx,
      );
      await sql`insert into delivery.parked_edit (order_id, tenant, original, envelope, body)
        values (${orderId}, 'aalter', '{}', ${JSON.stringify(copy)}, '')`.execute(trx);
    });
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  const trace = (
    { tenant, id }: { tenant: string; id: string },
    {
      reach = null,
      sandbox = false,
    }: { reach?: ReadonlySet<string> | null; sandbox?: boolean } = {},
  ): Promise<Trace> =>
    readTrace({ database, directory, sandbox, connectors: definitions }, { tenant, id, reach });

  it('tells of each attempt what was asked and what came of it', async () => {
    const { targets } = await trace(melding);
    expect(targets).toMatchObject([
      { target: 'postvak', connector: 'postvak', status: 'parked' },
      {
        target: 'topdesk',
        steps: [{ outcome: 'retry', code: 'timeout', operation: 'createIncident', calls }],
      },
    ]);
  });

  it('tells how it stands now: behind which of its subject, and what holds the line', async () => {
    const { targets } = await trace(melding);
    expect(targets[1]?.standing).toMatchObject({
      state: 'waiting',
      attempts: 2,
      detail: 'It did not answer',
      behind: { id: status.id, state: 'held', before: 1 },
      hold: { code: 'unauthorized', heldBy: 'bus' },
    });
    expect(targets[0]?.standing).toMatchObject({ state: 'parked', behind: null, hold: null });
  });

  it('tells what operators ordered, with the copy that took its place', async () => {
    expect((await trace(melding)).orders).toMatchObject([
      {
        act: 'edit',
        target: 'postvak',
        state: 'delivered',
        operator: 'an.voorbeeld',
        reason: 'Verkeerde categorie',
        copy: copy.id,
      },
    ]);
  });

  it('draws the same tree from whichever of its messages', async () => {
    const members = [melding, status, copy, further].map(({ id, causationId }) => ({
      id,
      causationId,
    }));
    for (const from of [melding, further, copy])
      expect((await trace(from)).family).toMatchObject(members);
    expect((await trace(melding)).aboutSubject.map(({ id }) => id)).toEqual([
      copy.id,
      status.id,
      melding.id,
    ]);
  });

  it('ends where messages cause each other in a ring', async () => {
    const ring = [21, 24].map((number) => envelopeOf(number));
    const [one, other] = ring.map((envelope, index) => ({
      ...envelope,
      causationId: ring[1 - index]?.id ?? null,
    }));
    if (!one || !other) throw new Error('a ring has two');
    await storeBatch(database, batchOf([acceptedOf(one), acceptedOf(other)]), keysOfTest);
    expect((await trace(one)).family.map(({ id }) => id).sort()).toEqual([one.id, other.id].sort());
  });

  it('tells under which id each system knows the thing, with an address only where it is safe', async () => {
    const known = {
      topdesk: ['I 2611 001', 'https://aalter.topdesk.example/tas/secure/incident?unid=I+2611+001'],
      gone: ['G-1', null],
    };
    const systems = (from: Trace) =>
      Object.fromEntries(
        from.systems.map(({ target, externalId, address }) => [target, [externalId, address]]),
      );
    expect(systems(await trace(melding))).toEqual({ ...known, dynamics: ['CAS-01', null] });
    expect(systems(await trace(melding, { sandbox: true }))).toEqual({
      ...known,
      dynamics: [
        'CAS-01',
        'http://crm.aalter.example/main.aspx?etn=incident&pagetype=entityrecord&id=CAS-01',
      ],
    });
  });

  it('shows the same message at other tenants, as far as they are reached', async () => {
    const reached = new Set(['aalter', 'beringen']);
    expect((await trace(melding, { reach: reached })).handedOver).toMatchObject({
      from: null,
      to: [{ id: atBeringen.id }],
    });
    expect((await trace(melding)).handedOver.to.map(({ id }) => id)).toEqual([
      atBeringen.id,
      atKortrijk.id,
    ]);
    expect((await trace(atBeringen)).handedOver).toMatchObject({
      from: { id: melding.id },
      to: [],
    });
    expect((await trace(atBeringen, { reach: new Set(['beringen']) })).handedOver).toEqual({
      from: null,
      to: [],
    });
  });
});
