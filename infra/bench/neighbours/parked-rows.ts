import type { Pool } from 'pg';
import { busIdOf, type Envelope } from '#bus/envelope.js';
import { sealEvent } from '#delivery/body.js';
import { digestOf } from '#intake/digest.js';
import { continueTrace } from '#intake/traceparent.js';
import { ingediend } from '#infra/load/messages.js';
import { persons } from '#infra/load/persons.js';
import { randomFrom } from '#infra/load/random.js';
import type { LoadTenant } from '#infra/load/tenants.js';
import type { Json } from '#kit/message.js';
import { readKeyFile, type KeyRing } from '#runtime/keys.js';
import { unwrapKeys } from '#tenants/data-keys.js';

const batch = 1_000;
const target = 'topdesk';

export interface ParkedRows {
  readonly database: Pool;
  readonly bodyKeyFile: string;
  readonly tenant: LoadTenant;
  readonly count: number;
}

const keysOf = async ({ database, bodyKeyFile, tenant }: ParkedRows): Promise<KeyRing> => {
  const { rows } = await database.query<{ body_key: Buffer }>(
    'select body_key from tenants.tenant where id = $1',
    [tenant.id],
  );
  const [row] = rows;
  if (!row) throw new Error(`${tenant.id} is not declared`);
  const kek = readKeyFile(bodyKeyFile);
  return unwrapKeys(row.body_key, kek, { tenant: tenant.id, purpose: 'body-key' });
};

interface Row {
  readonly envelope: Envelope;
  readonly body: Buffer;
}

const rowOf = (tenant: LoadTenant, keys: KeyRing, number: number): Row => {
  const [person] = persons;
  if (!person) throw new Error('nobody hands anything in');
  const about = { tenant, number: `parked-${number}`, id: `parked-${number}-0`, person };
  const event = ingediend(about, randomFrom(number));
  const { type, source, subject, data } = event;
  const id = busIdOf(tenant.id, source, event.id);
  const now = new Date().toISOString();
  const envelope: Envelope = {
    version: 1,
    id,
    tenant: tenant.id,
    type,
    kind: 'event',
    source,
    senderId: event.id,
    subject,
    time: now,
    acceptedAt: now,
    expiresAt: null,
    digest: digestOf(type, subject, data),
    targets: [target],
    verwerking: 'meldingen-openbaar-domein',
    traceparent: continueTrace(null),
    correlationId: null,
    causationId: null,
    origin: null,
  };
  const delivered = { ...event, tenant: tenant.id, busid: id } as unknown as Record<string, Json>;
  return { envelope, body: sealEvent({ tenant: tenant.id, id }, delivered, keys) };
};

const insert = async (database: Pool, rows: readonly Row[]): Promise<void> => {
  await database.query(
    `insert into delivery.waiting
       (tenant, target, subject, message, state, due_at, attempt, sequence, code, detail, envelope, body)
     select e ->> 'tenant', $1, e ->> 'subject', (e ->> 'id')::uuid, 'parked', now(), 1, 1,
       'unknown-value', 'The system did not know the category', e, b
     from unnest($2::jsonb[], $3::bytea[]) as r(e, b)`,
    [target, rows.map(({ envelope }) => JSON.stringify(envelope)), rows.map(({ body }) => body)],
  );
};

/**
 * Lays meldingen of a tenant down as delivery parks them, each about a subject of its own, without the hours that it
 * would take to have so many refused. Answers nothing; what then replays them is the bus.
 */
export const layDownParked = async (wish: ParkedRows): Promise<void> => {
  const keys = await keysOf(wish);
  for (let from = 0; from < wish.count; from += batch) {
    const size = Math.min(batch, wish.count - from);
    const rows = Array.from({ length: size }, (_, index) => rowOf(wish.tenant, keys, from + index));
    await insert(wish.database, rows);
  }
};
