import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { batchOf } from '../collect/contents.js';
import { storeBatch } from '../collect/store.js';
import { acceptedOf, envelopeOf, keysOfTest, stepOf } from '#infra/testing/audit-records.js';
import { forget } from './retention.js';
import { readKeeping } from './keeping.js';
let fresh: FreshDatabase;
let database: Database;

const dayMs = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * dayMs).toISOString();

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

it('forgets bodies, steps and messages by age, never a message that has not ended', async () => {
  const ages = [1, 40, 100, 500];
  const records = ages.flatMap((age, index) =>
    (['delivered', 'parked'] as const).flatMap((status, other) => {
      const acceptedAt = daysAgo(age);
      const envelope = envelopeOf(index * 2 + other, { acceptedAt, targets: ['topdesk'] });
      return [acceptedOf(envelope), stepOf(envelope, { status, at: acceptedAt })];
    }),
  );
  await storeBatch(database, batchOf(records), keysOfTest);
  const counts = await forget(database, { bodiesDays: 30, stepsDays: 90, messagesDays: 400 });
  expect(counts).toMatchObject({ messages: 1, bodies: 5, steps: 1 });
  const left = await database.scoped('*', async (trx) => ({
    messages: await trx.selectFrom('monitoring.message').select(['id', 'body']).execute(),
    steps: await trx.selectFrom('monitoring.step').select('message').execute(),
    targets: await trx.selectFrom('monitoring.target').select('message').execute(),
  }));
  expect(left.messages).toHaveLength(7);
  expect(left.messages.filter(({ body }) => body !== null)).toHaveLength(2);
  expect(left.steps).toHaveLength(6);
  expect(left.targets).toHaveLength(7);
  const gone = envelopeOf(6).id;
  expect(left.messages.map(({ id }) => id)).not.toContain(gone);
  expect(await forget(database, readKeeping({}))).toMatchObject({
    messages: 0,
    bodies: 0,
    steps: 0,
  });
});

it('forgets more than fits one batch', async () => {
  const many = Array.from({ length: 2_500 }, (_, index) =>
    acceptedOf(envelopeOf(10_000 + index, { acceptedAt: daysAgo(500), targets: [] })),
  );
  for (let at = 0; at < many.length; at += 500)
    await storeBatch(database, batchOf(many.slice(at, at + 500)), keysOfTest);
  expect((await forget(database, readKeeping({}))).messages).toBe(2_500);
});

it('forgets effects as late as messages, never of one that still stands or is in hand', async () => {
  const at = new Date(daysAgo(500));
  const effect = { tenant: 'aalter', target: 'topdesk', digest: 'd', state: 'done', at } as const;
  const [past, standing, inHand, young] = [1, 2, 3, 4].map((number) => envelopeOf(20_000 + number));
  const body = Buffer.from('sealed');
  const { tenant, target } = effect;
  await database.scoped('*', async (trx) => {
    const rows = [past, standing, inHand, young].map((envelope) => ({
      ...effect,
      message: envelope!.id,
      busy_until: envelope === inHand ? new Date() : null,
      ...(envelope === young && { at: new Date() }),
    }));
    await trx.insertInto('delivery.effect').values(rows).execute();
    const { id: message, subject } = standing!;
    await trx
      .insertInto('delivery.waiting')
      .values({
        ...{ tenant, target, message, subject, body, state: 'parked', due_at: at },
        envelope: JSON.stringify(standing),
      })
      .execute();
  });
  expect((await forget(database, readKeeping({}))).effects).toBe(1);
  const left = await database.scoped('*', (trx) =>
    trx.selectFrom('delivery.effect').select('message').execute(),
  );
  expect(left.map(({ message }) => message)).not.toContain(past!.id);
  expect(left).toHaveLength(3);
});

it('forgets what was fetched from a postvak, never what still lies there', async () => {
  const rows = [daysAgo(40), daysAgo(2), null].map((moment, index) => ({
    ...{
      tenant: 'aalter',
      postvak: 'meldpunt',
      subject: 's',
      message: envelopeOf(30_000 + index).id,
    },
    ...{ envelope: '{}', body: Buffer.from('sealed') },
    acknowledged_at: moment === null ? null : new Date(moment),
  }));
  await database.scoped('*', (trx) => trx.insertInto('delivery.postvak').values(rows).execute());
  expect((await forget(database, readKeeping({}))).fetched).toBe(1);
});

it('forgets orders about parked messages that have ended, and plans that nobody started', async () => {
  const order = (state: 'planned' | 'running' | 'cancelled' | 'done', days: number) => ({
    ...({
      state,
      tenant: 'aalter',
      act: 'replay',
      selection: '{}',
      rate: 1,
      stop_percent: 20,
    } as const),
    ...{ operator: 'an', reason: 'test', created_at: new Date(daysAgo(days)) },
    ended_at: state === 'done' || state === 'cancelled' ? new Date(daysAgo(days)) : null,
  });
  const item = {
    ...{ row_id: '1', tenant: 'aalter', target: 'topdesk', subject: 's', type: 't', sequence: 1 },
    ...{
      message: envelopeOf(1).id,
      parked_code: 'invalid',
      parked_at: new Date(),
      uncertain: false,
    },
  };
  // What was on its way when its order was cancelled is still looked after.
  const itemStates = { done: 'delivered', cancelled: 'released' } as const;
  const itemStateOf = (state: string) =>
    state === 'done' || state === 'cancelled' ? itemStates[state] : 'selected';
  await database.scoped('*', async (trx) => {
    const made = await trx
      .insertInto('delivery.parked_order')
      .values([
        ...[order('done', 100), order('done', 80), order('planned', 2), order('running', 200)],
        order('cancelled', 100),
      ])
      .returning(['id', 'state'])
      .execute();
    await trx
      .insertInto('delivery.parked_item')
      .values(made.map(({ id, state }) => ({ ...item, order_id: id, state: itemStateOf(state) })))
      .execute();
  });
  expect(await forget(database, readKeeping({}))).toMatchObject({ items: 2, orders: 2 });
  const left = await database.scoped('*', (trx) =>
    trx.selectFrom('delivery.parked_order').select('state').execute(),
  );
  expect(left.map(({ state }) => state).sort()).toEqual(['cancelled', 'done', 'running']);
});

it('forgets what was kept for a thing once its time is over, and nothing else', async () => {
  const kept = (subject: string, days: number) => ({
    ...{ tenant: 'aalter', target: 'mijn-burgerprofiel', subject },
    ...{ sealed: Buffer.from('sealed'), keep_until: new Date(daysAgo(days)) },
  });
  await database.scoped('*', (trx) =>
    trx
      .insertInto('delivery.kept')
      .values([kept('past', 0.01), kept('still needed', -1)])
      .execute(),
  );
  expect(await forget(database, readKeeping({}))).toMatchObject({ kept: 1 });
  const left = await database.scoped('*', (trx) =>
    trx.selectFrom('delivery.kept').select('subject').execute(),
  );
  expect(left).toEqual([{ subject: 'still needed' }]);
});

it('refuses to forget messages before a repeat could come', () => {
  expect(() => readKeeping({ LBBUS_KEEP_MESSAGES_DAYS: '29' })).toThrow('at least 30');
  expect(() => readKeeping({ LBBUS_KEEP_BODIES_DAYS: 'a week' })).toThrow('whole number of days');
});

it('forgets of the register of questions what is older than ten years, with its persons, and nothing else', async () => {
  const asked = (age: string) => sql<{ id: string }>`
    with asked as (
      insert into delivery.consultation (tenant, id, asked_at, reference, target, connector, operation, type, service, application)
      values ('aalter', gen_random_uuid(), now() - ${age}::interval, 'r', 'm', 'm', 'o', 't', 's', 'urn:x') returning tenant, id)
    insert into delivery.consultation_subject select tenant, id, 'k1:x', false from asked returning consultation as id`;
  const [old, young] = await database.scoped('aalter', async (trx) => [
    (await asked('10 years 1 day').execute(trx)).rows[0],
    (await asked('9 years 360 days').execute(trx)).rows[0],
  ]);
  expect((await forget(database, readKeeping({}))).consultations).toBe(1);
  const left = await database.scoped('aalter', (trx) =>
    trx.selectFrom('delivery.consultation_subject').select('consultation').execute(),
  );
  expect(old?.id).not.toBe(young?.id);
  expect(left).toEqual([{ consultation: young?.id }]);
});
