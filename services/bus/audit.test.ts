import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SealBroken, type KeyRing } from '#runtime/keys.js';
import { acceptedPublication, readRecord, readShipment, stepPublication } from './audit.js';
import { busIdOf, type Envelope } from './envelope.js';
import { Undecodable } from './failures.js';
import type { StepRecord } from './records.js';

const keys: KeyRing = [{ id: 'k1', bytes: randomBytes(32) }];
const keysOf = (tenant: string) => (tenant === 'aalter' ? keys : null);

const envelope: Envelope = {
  version: 1,
  id: busIdOf('aalter', 'urn:lb:aalter:meldpunt', '1'),
  tenant: 'aalter',
  type: 'be.lbbus.melding.ingediend.v1',
  kind: 'event',
  source: 'urn:lb:aalter:meldpunt',
  senderId: '1',
  subject: 'https://meldingen.aalter.example/id/melding/1',
  time: '2026-01-05T08:12:00Z',
  acceptedAt: '2026-01-05T08:12:01.123Z',
  expiresAt: null,
  digest: 'a'.repeat(64),
  targets: ['topdesk'],
  verwerking: null,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  correlationId: null,
  causationId: null,
  origin: null,
};
const step: StepRecord = {
  record: 'step',
  stepId: '6f1c2f0e-6a1a-4f0e-9f57-1b7f4b2f9a10',
  envelope,
  target: 'topdesk',
  connector: 'topdesk',
  operation: 'createIncident',
  sequence: 1,
  at: '2026-01-05T08:12:02Z',
  durationMs: 812,
  outcome: 'delivered',
  status: 'delivered',
  code: null,
  detail: null,
  externalId: 'I 2601 001',
  nextAttemptAt: null,
  conflictOf: null,
};

it('reads back an accepted record and a step as they were published', () => {
  const body = Buffer.from('sealed');
  expect(readRecord(acceptedPublication(envelope, body), keysOf)).toEqual({
    record: 'accepted',
    envelope,
    body,
  });
  expect(readRecord(stepPublication(step, keys), keysOf)).toEqual(step);
});

it('keeps the words of a step out of what the broker can read', () => {
  const { body, headers } = stepPublication({ ...step, detail: 'de reden' }, keys);
  expect(JSON.stringify(headers) + body.toString('latin1')).not.toContain('de reden');
  expect(Object.keys(headers).sort()).toEqual(['lb-record', 'lb-tenant']);
});

it('says that a step may be readable later while its tenant or key is not known', () => {
  const other: KeyRing = [{ id: 'k2', bytes: randomBytes(32) }];
  expect(() => readRecord(stepPublication(step, other), keysOf)).toThrow(SealBroken);
  expect(() => readRecord(stepPublication(step, keys), () => null)).toThrow(SealBroken);
});

it('refuses a step that names another tenant than the one whose key sealed it', () => {
  const foreign = stepPublication({ ...step, envelope: { ...envelope, tenant: 'beringen' } }, keys);
  const moved = { ...foreign, headers: { ...foreign.headers, 'lb-tenant': 'aalter' } };
  // Bound to its place: it does not even open.
  expect(() => readRecord(moved, keysOf)).toThrow(SealBroken);
});

it.each([
  ['no header', {}],
  ['a header of another type', { 'lb-envelope': 5 }],
  ['no JSON', { 'lb-envelope': '{"id":' }],
  ['null', { 'lb-envelope': 'null' }],
  ['an id that is no UUID', { 'lb-envelope': JSON.stringify({ ...envelope, id: 'x' }) }],
  ['NUL in a text', { 'lb-envelope': JSON.stringify({ ...envelope, subject: 'a\0b' }) }],
])('finds %s undecodable', (_, headers) => {
  const delivery = { headers: { 'lb-target': 'topdesk', ...headers }, body: Buffer.alloc(0) };
  expect(() => readShipment(delivery)).toThrow(Undecodable);
});

it('never throws anything else, whatever the headers and the body', () => {
  const part = fc.oneof(
    fc.string(),
    fc.json(),
    fc.integer(),
    fc.constantFrom('accepted', 'step', 'aalter'),
  );
  const headers = fc.dictionary(
    fc.constantFrom('lb-record', 'lb-envelope', 'lb-tenant', 'lb-target'),
    part,
  );
  fc.assert(
    fc.property(headers, fc.uint8Array({ maxLength: 80 }), (given, bytes) => {
      try {
        readRecord({ headers: given, body: Buffer.from(bytes) }, keysOf);
      } catch (error) {
        expect(error instanceof Undecodable || error instanceof SealBroken).toBe(true);
      }
    }),
    { seed: 4, numRuns: 500 },
  );
});

it('says where an envelope deviates without repeating its values', () => {
  const wrong = JSON.stringify({ ...envelope, digest: 'An Voorbeeld' });
  const read = () =>
    readShipment({ headers: { 'lb-envelope': wrong, 'lb-target': 'x' }, body: Buffer.alloc(0) });
  expect(read).toThrow(/\/digest/);
  expect(read).not.toThrow(/Voorbeeld/);
});
