import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { admit, type AdmitOptions } from '../admit.js';

const keys = [{ id: 'k1', bytes: randomBytes(32) }] as const;
const restoredAt = '2026-11-22T10:00:00Z';
const delivery = { gone: false, ack: () => true, release: () => true };

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
  await database.scoped('aalter', (trx) =>
    sql`insert into delivery.restored (tenant, backup_at, restored_at)
      values ('aalter', '2026-11-22T09:00:00Z', ${restoredAt})`.execute(trx),
  );
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** Whether a message that nothing here knows of may have been done. */
const mayHaveActed = async (tenant: string, time: string): Promise<boolean> => {
  const envelope: Envelope = {
    version: 1,
    id: randomUUID(),
    tenant,
    type: 'be.lbbus.melding.ingediend.v1',
    kind: 'event',
    source: 'urn:lb:aalter:balie',
    senderId: 'x',
    subject: randomUUID(),
    time,
    acceptedAt: '2026-11-22T11:00:00Z',
    expiresAt: null,
    digest: 'd',
    targets: ['topdesk'],
    verwerking: null,
    traceparent: '',
    correlationId: null,
    causationId: null,
    origin: null,
  };
  const line = { tenant, target: 'topdesk' };
  const shipment = { envelope, target: 'topdesk', body: Buffer.alloc(1) };
  const options: AdmitOptions = {
    busyMs: 60_000,
    keys,
    moment: { expired: false, circuitMs: null, alone: true },
  };
  const admitted = await database.scoped(tenant, (trx) =>
    admit(trx, { line, shipment, origin: { kind: 'queue', delivery } }, options),
  );
  if (admitted.kind !== 'go') throw new Error(`it was ${admitted.kind}`);
  return admitted.ticket.redelivered;
};

it('a message that was made before its tenant was restored may have been done: its system is asked first', async () => {
  expect(await mayHaveActed('aalter', '2026-11-22T09:59:59Z')).toBe(true);
  expect(await mayHaveActed('aalter', '2026-11-22T11:59:59+02:00')).toBe(true);
});

it('a message that was made after it is new', async () => {
  expect(await mayHaveActed('aalter', '2026-11-22T10:00:01Z')).toBe(false);
});

it('the restore of one tenant is nothing to another', async () => {
  expect(await mayHaveActed('beringen', '2026-11-22T09:59:59Z')).toBe(false);
});
