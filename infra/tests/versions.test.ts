import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openAttachmentStore } from '#attachments/store.js';
import { acceptedPublication, readEnvelope, readRecord, readShipment } from '#bus/audit.js';
import type { Envelope } from '#bus/envelope.js';
import { Undecodable } from '#bus/failures.js';
import { partsOf } from '#bus/parcel.js';
import { handOfRow } from '#delivery/due.js';
import { packageRoot } from '#runtime/root.js';
import { open, type KeyRing } from '#runtime/keys.js';
import { unwrapKeys } from '#tenants/data-keys.js';
import { fingerprintOf, openSecret } from '#tenants/seal-secret.js';
import { readSnapshot } from '#tenants/snapshot.js';

/** Bytes as a version wrote them: they lie in brokers, databases and backups, and are read for ever. Never made anew. */
interface Frozen {
  readonly keys: Record<'deployment' | 'tenant', { id: string; bytes: string }[]>;
  readonly shipment: Wire;
  readonly accepted: Wire;
  readonly step: Wire;
  readonly hook: { body: string };
  readonly waiting: { envelope: Envelope; body: string };
  readonly secret: {
    name: string;
    version: number;
    sealed: string;
    fingerprint: string;
    wrapped: Record<'body' | 'secret', string>;
  };
  readonly snapshot: string;
  readonly attachment: { id: string; files: Record<string, string> };
  readonly expected: { event: object; step: { envelope: Envelope }; stored: object };
}
interface Wire {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const versions = join(packageRoot, 'infra', 'testing', 'versions');
const v1 = JSON.parse(readFileSync(join(versions, 'v1.json'), 'utf8')) as Frozen;
const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const ringOf = (keys: Frozen['keys']['tenant']): KeyRing => {
  const [first, ...rest] = keys.map((key) => ({ id: key.id, bytes: bytes(key.bytes) }));
  if (!first) throw new Error('no key');
  return [first, ...rest];
};
const ring = ringOf(v1.keys.tenant);
const keysOf = (tenant: string) => (tenant === 'aalter' ? ring : null);
const received = (wire: Wire) => ({ headers: wire.headers, body: bytes(wire.body) });
const bodyOf = (envelope: Envelope, body: Buffer): unknown =>
  JSON.parse(open(body, ring, `${envelope.tenant}|${envelope.id}`).toString('utf8'));
const { event, step, stored } = v1.expected;

it('a message of version 1 in a queue is read', () => {
  const { envelope, target, body } = readShipment(received(v1.shipment));
  expect([envelope, target]).toEqual([step.envelope, 'topdesk']);
  expect(bodyOf(envelope, body)).toEqual(event);
});

it('records of version 1 are collected', () => {
  const accepted = readRecord(received(v1.accepted), keysOf);
  expect(accepted).toMatchObject({ record: 'accepted', envelope: step.envelope });
  expect(readRecord(received(v1.step), keysOf)).toEqual(step);
});

it('records of version 1 that travelled as one are taken apart and collected', () => {
  const frozen = JSON.parse(readFileSync(join(versions, 'v1-parcel.json'), 'utf8')) as {
    readonly headers: Record<string, number>;
    readonly body: string;
  };
  const parts = partsOf(frozen.headers, bytes(frozen.body)) ?? [];
  const records = parts.map((part) => readRecord(part, keysOf));
  expect(records).toEqual([expect.objectContaining({ envelope: step.envelope }), step]);
});

it('a call of version 1 at a webhook is opened', () => {
  const plain = open(bytes(v1.hook.body), ring, 'aalter|hook').toString('utf8');
  const call = JSON.parse(plain) as { bodyBase64: string };
  expect(bytes(call.bodyBase64).toString('utf8')).toBe('{"id":"I 1"}');
});

it('a row of version 1 that waits is taken in hand', () => {
  const row = { ...v1.waiting, body: bytes(v1.waiting.body) };
  const leased = { id: '1', tenant: 'aalter', target: 'topdesk', due_at: new Date(0), ...row };
  const { shipment } = handOfRow(leased as unknown as Parameters<typeof handOfRow>[0], 'lease');
  expect(bodyOf(shipment.envelope, shipment.body)).toEqual(event);
});

it('keys and secrets of version 1 open, and a secret that is still the same is recognised', () => {
  const kek = ringOf(v1.keys.deployment);
  const { name, version, sealed, fingerprint, wrapped } = v1.secret;
  const place = { tenant: 'aalter' };
  expect(unwrapKeys(bytes(wrapped.body), kek, { ...place, purpose: 'body-key' })).toEqual(ring);
  expect(unwrapKeys(bytes(wrapped.secret), kek, { ...place, purpose: 'secret-key' })).toEqual(ring);
  const row = { tenant: 'aalter', name, version, sealed: bytes(sealed) };
  const plain = openSecret(row, { secretKeys: ring, secretKek: ring });
  expect(plain).toBe('geheim');
  expect(fingerprintOf('geheim', ring, name)).toEqual(bytes(fingerprint));
});

it('a snapshot of the tenants and an attachment of version 1 are read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'versions-'));
  await writeFile(join(folder, 'snapshot'), v1.snapshot);
  expect(await readSnapshot(join(folder, 'snapshot'))).toEqual(stored);
  for (const [name, content] of Object.entries(v1.attachment.files)) {
    await mkdir(join(folder, dirname(name)), { recursive: true });
    await writeFile(join(folder, name), bytes(content));
  }
  const store = openAttachmentStore(`file://${folder}`, () => ring);
  const chunks: Buffer[] = [];
  for await (const chunk of await store.read('aalter', v1.attachment.id))
    chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString('utf8')).toBe('een foto');
  await rm(folder, { recursive: true });
});

const changed = (changes: object): Wire => {
  const envelope: unknown = { ...step.envelope, ...changes };
  return {
    ...v1.shipment,
    headers: { 'lb-envelope': JSON.stringify(envelope), 'lb-target': 'topdesk' },
  };
};

it('what a later version adds to an envelope is carried along as it is', () => {
  const { envelope } = readShipment(received(changed({ priority: 3 })));
  const onwards = acceptedPublication(envelope, Buffer.alloc(0));
  expect(readEnvelope(onwards)).toMatchObject({ priority: 3 });
});

it('an envelope of a version to come cannot be read: it is set aside, neither lost nor tried for ever', () => {
  expect(() => readShipment(received(changed({ version: 2 })))).toThrow(Undecodable);
});

it('a snapshot in another format is none: the tenants come from the database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'versions-'));
  await writeFile(join(folder, 'snapshot'), v1.snapshot.replace('tenants 1', 'tenants 2'));
  expect(await readSnapshot(join(folder, 'snapshot'))).toBeNull();
  await rm(folder, { recursive: true });
});
