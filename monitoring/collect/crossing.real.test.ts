import { sql } from 'kysely';
import { describe, expect, it } from '@jest/globals';
import type { CollectedRecord } from '#bus/audit.js';
import { acceptedOf, envelopeOf, keysOfTest, stepOf } from '#infra/testing/audit-records.js';
import { useCollected } from '#infra/testing/collected.js';
import { until } from '#infra/testing/until.js';
import type { Database } from '#runtime/database.js';
import { batchOf } from './contents.js';
import { storeBatch } from './store.js';

const gate = () => {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
};

describe('collectors beside each other', () => {
  const collected = useCollected((database, records) =>
    storeBatch(database, batchOf(records), keysOfTest),
  );
  const { store } = collected;
  const statuses = (table: 'message' | 'target'): Promise<readonly string[]> =>
    collected.database.scoped('*', async (trx) =>
      (await trx.selectFrom(`monitoring.${table}`).select('status').execute()).map(
        ({ status }) => status,
      ),
    );

  it('stores two contents of one id that two collectors write at the same moment', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => 100 + index);
    const second = numbers.map((number) =>
      acceptedOf(envelopeOf(number, { digest: 'c'.repeat(63) + String(number % 10) })),
    );
    const first = numbers.map((number) => acceptedOf(envelopeOf(number)));
    const twice = async (records: readonly CollectedRecord[]): Promise<void> => {
      await store(records).catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== 'Crossed') throw error;
        return store(records);
      });
    };
    await Promise.all([twice(first), twice(second)]);
    expect(await statuses('message')).toHaveLength(80);
  });

  it('stores what two collectors write of the same messages at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const envelopes = Array.from({ length: 60 }, (_, index) => envelopeOf(1_000 * round + index));
      const done = { status: 'delivered' } as const;
      await Promise.all([
        store(envelopes.map((one) => stepOf(one, { ...done, target: 'postvak' }))),
        store(envelopes.map((one) => stepOf(one, { ...done, target: 'topdesk' }))),
        store(envelopes.map(acceptedOf)),
      ]);
    }
    expect(await statuses('message')).toEqual(Array(600).fill('delivered'));
    expect(await statuses('target')).toEqual(Array(1_200).fill('delivered'));
  });

  it('waits for a collector that has records of the same messages before it locks any of their rows', async () => {
    const { database } = collected;
    const [written, mayEnd] = [gate(), gate()];
    const lingering: Database = {
      ...database,
      scoped: (scope, work) =>
        database.scoped(scope, async (trx) => {
          const done = await work(trx);
          written.open();
          await mayEnd.passed;
          return done;
        }),
    };
    const waiting = (): Promise<boolean> =>
      database.scoped('*', async (trx) => {
        const { rows } = await sql`select from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`.execute(
          trx,
        );
        return rows.length === 1;
      });
    const envelope = envelopeOf(9_000);
    const first = storeBatch(lingering, batchOf([acceptedOf(envelope)]), keysOfTest);
    await written.passed;
    const second = store([stepOf(envelope, { status: 'delivered' })]);
    await until(waiting, { what: 'the second to wait' }).finally(mayEnd.open);
    await Promise.all([first, second]);
    expect(await statuses('target')).toHaveLength(2);
  });
});
