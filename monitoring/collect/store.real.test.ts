import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { CollectedRecord } from '#bus/audit.js';
import { conflictIdOf, type Envelope } from '#bus/envelope.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { open } from '#runtime/keys.js';
import { createLog } from '#runtime/log.js';
import {
  acceptedOf,
  chanceOf,
  envelopeOf,
  keysOfTest,
  shuffled,
  stepOf,
  storyOf,
  testKeys,
} from '#infra/testing/audit-records.js';
import { batchOf } from './contents.js';
import { storeBatch } from './store.js';

describe('storing audit records', () => {
  let fresh: FreshDatabase;
  let database: Database;

  const clear = (): Promise<void> =>
    database.scoped('*', async (trx) => {
      for (const table of ['message', 'target', 'step'] as const)
        await trx.deleteFrom(`monitoring.${table}`).execute();
    });
  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
  });
  afterEach(() => clear());
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  const store = async (records: readonly CollectedRecord[], size = 250): Promise<void> => {
    for (let at = 0; at < records.length; at += size)
      await storeBatch(database, batchOf(records.slice(at, at + size)), keysOfTest);
  };
  const tables = () =>
    database.scoped('*', async (trx) => {
      const messages = await trx
        .selectFrom('monitoring.message')
        .selectAll()
        .orderBy('tenant')
        .orderBy('id')
        .execute();
      const targets = await trx
        .selectFrom('monitoring.target')
        .selectAll()
        .orderBy(sql`tenant, message, target`)
        .execute();
      const steps = await trx
        .selectFrom('monitoring.step')
        .selectAll()
        .orderBy(sql`tenant, message, id`)
        .execute();
      const opened = messages.map(({ body, ...message }) => ({
        ...message,
        collected_at: null,
        body: body && open(body, testKeys, `${message.tenant}|${message.id}`).toString(),
      }));
      return { messages: opened, targets, steps };
    });
  const statusOf = async (envelope: Envelope): Promise<string | undefined> =>
    (await tables()).messages.find(({ id }) => id === envelope.id)?.status;

  const standing = async ({ id }: Envelope): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries(
      (await tables()).targets
        .filter(({ message }) => message === id)
        .map(({ target, status }) => [target, status]),
    );

  it('gives the same tables for 2,000 records in any order, doubled and in batches of any size', async () => {
    const conflicting = Array.from({ length: 20 }, (_, index) => {
      const envelope = envelopeOf(index * 7, {
        digest: `f${(index * 7).toString(16)}`.padEnd(64, '0'),
        acceptedAt: new Date(Date.parse('2026-11-02T00:00:00Z') + index).toISOString(),
      });
      return acceptedOf(envelope);
    });
    const stories = Array.from({ length: 460 }, (_, number) => storyOf(number)).flat();
    const inOrder = [...stories.slice(0, 1_980), ...conflicting];
    expect(inOrder.length).toBe(2_000);
    await store(inOrder);
    const expected = await tables();
    expect(expected.messages.length).toBeGreaterThan(400);
    for (const [seed, size] of [
      [1, 500],
      [2, 37],
    ] as const) {
      await clear();
      await store(shuffled([...inOrder, ...inOrder], chanceOf(seed)), size);
      expect(await tables()).toEqual(expected);
    }
  });

  it('makes the message from the envelope of a step that comes first, and fills in the body and the other targets later', async () => {
    const envelope = envelopeOf(1);
    await store([stepOf(envelope, { status: 'waiting', outcome: 'retry' })]);
    expect((await tables()).messages).toMatchObject([
      { id: envelope.id, type: envelope.type, status: 'waiting', body: null },
    ]);
    expect(await standing(envelope)).toEqual({ topdesk: 'waiting' });
    await store([stepOf(envelope, { sequence: 2 }), acceptedOf(envelope)]);
    expect((await tables()).messages).toMatchObject([
      { status: 'accepted', body: expect.stringContaining('2026-1') },
    ]);
    expect(await standing(envelope)).toEqual({ topdesk: 'delivered', postvak: 'accepted' });
  });

  it.each([
    [['delivered', 'parked'], 'parked'],
    [['held', 'waiting'], 'held'],
    [['accepted', 'waiting'], 'waiting'],
    [['delivered', 'accepted'], 'accepted'],
    [['expired', 'delivered'], 'expired'],
    [['discarded', 'delivered'], 'discarded'],
    [['delivered', 'delivered'], 'delivered'],
  ] as const)('says of targets %j that the message is %s', async ([one, other], status) => {
    const envelope = envelopeOf(5);
    await store([
      acceptedOf(envelope),
      stepOf(envelope, { target: 'topdesk', status: one }),
      stepOf(envelope, { target: 'postvak', status: other }),
    ]);
    expect(await statusOf(envelope)).toBe(status);
  });

  it('says of a message without targets that it is delivered', async () => {
    const envelope = envelopeOf(6, { targets: [] });
    await store([acceptedOf(envelope)]);
    expect(await statusOf(envelope)).toBe('delivered');
  });

  it('never lets a step with a lower number overwrite a later one, but keeps both in the trace', async () => {
    const envelope = envelopeOf(8, { targets: ['topdesk'] });
    await store([stepOf(envelope, { sequence: 3, externalId: 'I 8' })]);
    await store([stepOf(envelope, { sequence: 2, outcome: 'retry', status: 'waiting' })]);
    const { targets, steps } = await tables();
    expect(targets).toMatchObject([{ status: 'delivered', sequence: 3, external_id: 'I 8' }]);
    expect(steps).toHaveLength(2);
  });

  it('stores a step whose words hold what PostgreSQL does not take', async () => {
    const envelope = envelopeOf(11);
    await store([stepOf(envelope, { detail: 'a\0b', externalId: '\0I 11' })]);
    const { steps, targets } = await tables();
    expect(steps[0]?.detail).toBe('ab');
    expect(targets.map(({ external_id }) => external_id)).toContain('I 11');
  });

  it.each(['first', 'second'])(
    'keeps other content under the same id as a message of its own, when the %s comes first',
    async (which) => {
      const first = envelopeOf(9);
      const second = envelopeOf(9, {
        digest: 'e'.repeat(64),
        acceptedAt: '2026-11-03T00:00:00.000Z',
      });
      const records = [acceptedOf(first), acceptedOf(second)];
      for (const record of which === 'first' ? records : records.reverse()) await store([record]);
      const { tenant, source, senderId, digest } = second;
      const conflictId = conflictIdOf(tenant, source, senderId, digest);
      const { messages } = await tables();
      expect(new Map(messages.map((row) => [row.id, row]))).toEqual(
        new Map([
          [first.id, expect.objectContaining({ digest: first.digest, conflict_of: null })],
          [conflictId, expect.objectContaining({ digest, conflict_of: first.id })],
        ]),
      );
      const opened = messages.find(({ id }) => id === conflictId)?.body;
      expect(JSON.parse(opened ?? '')).toMatchObject({ digest, busid: conflictId });
    },
  );

  it('links the conflict that delivery parked with the first message', async () => {
    const first = envelopeOf(10);
    const { tenant, source, senderId } = first;
    const digest = 'd'.repeat(64);
    const id = conflictIdOf(tenant, source, senderId, digest);
    const parked = { ...first, digest, id };
    await store([
      acceptedOf(first),
      stepOf(parked, {
        outcome: 'parked',
        status: 'parked',
        code: 'conflict',
        conflictOf: first.id,
      }),
      acceptedOf(parked),
    ]);
    const { messages } = await tables();
    expect(messages.find((row) => row.id === id)).toMatchObject({
      conflict_of: first.id,
      status: 'parked',
    });
    expect(messages.find((row) => row.id === first.id)?.status).toBe('accepted');
  });
});
