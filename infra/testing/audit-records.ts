import { randomBytes } from 'node:crypto';
import { v5 } from 'uuid';
import type { CollectedRecord } from '#bus/audit.js';
import { busIdOf, type Envelope } from '#bus/envelope.js';
import type { StepOutcome, StepRecord, TargetStatus } from '#bus/records.js';
import { seal, type KeyRing } from '#runtime/keys.js';

const namespace = '0f1d6c52-6d3f-4f43-9a65-3c1f5b7f0a11';
const startMs = Date.parse('2026-11-01T08:00:00Z');

export const testKeys: KeyRing = [{ id: 'test', bytes: randomBytes(32) }];
export const testTenants = ['aalter', 'beringen', 'kortrijk'];
export const keysOfTest = (tenant: string): KeyRing | null =>
  testTenants.includes(tenant) ? testKeys : null;

/** Repeatable chance (mulberry32): the same seed, the same shuffle. */
export const chanceOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const shuffled = <T>(items: readonly T[], chance: () => number): T[] =>
  items
    .map((item) => ({ item, place: chance() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);

/** Envelope of message `number`; what is given replaces what it would have. */
export const envelopeOf = (number: number, given: Partial<Envelope> = {}): Envelope => {
  const tenant = given.tenant ?? testTenants[number % testTenants.length] ?? 'aalter';
  const source = `urn:lb:${tenant}:meldpunt`;
  const senderId = `2026-${number}`;
  return {
    version: 1,
    id: busIdOf(tenant, source, senderId),
    tenant,
    type: 'be.lbbus.melding.ingediend.v1',
    kind: 'event',
    source,
    senderId,
    subject: `https://meldingen.${tenant}.example/id/melding/${number}`,
    time: '2026-11-01T08:00:00Z',
    acceptedAt: new Date(startMs + number * 1_000).toISOString(),
    expiresAt: null,
    digest: number.toString(16).padStart(64, '0'),
    targets: ['topdesk', 'postvak'],
    verwerking: null,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    correlationId: null,
    causationId: null,
    origin: null,
    ...given,
  };
};

export const acceptedOf = (envelope: Envelope): CollectedRecord => ({
  record: 'accepted',
  envelope,
  body: seal(
    Buffer.from(JSON.stringify({ id: envelope.senderId, digest: envelope.digest })),
    testKeys,
    `${envelope.tenant}|${envelope.id}`,
  ),
});

export const stepOf = (envelope: Envelope, given: Partial<StepRecord> = {}): StepRecord => {
  const { target = 'topdesk', sequence = 1 } = given;
  return {
    record: 'step',
    stepId: v5(JSON.stringify([envelope.id, target, sequence]), namespace),
    envelope,
    target,
    connector: target,
    operation: 'createIncident',
    sequence,
    at: new Date(Date.parse(envelope.acceptedAt) + sequence * 100).toISOString(),
    durationMs: 12,
    calls: [{ method: 'POST', status: '200', durationMs: 11 }],
    outcome: 'delivered',
    status: 'delivered',
    code: null,
    detail: null,
    externalId: null,
    nextAttemptAt: null,
    conflictOf: null,
    ...given,
  };
};

type Story = readonly (readonly [StepOutcome, TargetStatus])[];
const stories: readonly Story[] = [
  [['delivered', 'delivered']],
  [
    ['retry', 'waiting'],
    ['retry', 'waiting'],
    ['delivered', 'delivered'],
  ],
  [['rejected', 'parked']],
  [
    ['held', 'held'],
    ['released', 'waiting'],
    ['delivered', 'delivered'],
  ],
  [['queued', 'waiting']],
  [],
];

/** What becomes of message `number` at two targets, in the order in which it happens. */
export const storyOf = (number: number): CollectedRecord[] => {
  const envelope = envelopeOf(number);
  const story = stories[number % stories.length] ?? [];
  const atTopdesk = story.map(([outcome, status], index) =>
    stepOf(envelope, {
      sequence: index + 1,
      outcome,
      status,
      externalId: outcome === 'delivered' ? `I ${number}` : null,
      code: outcome === 'delivered' ? null : 'unavailable',
    }),
  );
  const atPostvak = [
    stepOf(envelope, { target: 'postvak', sequence: 1 }),
    stepOf(envelope, { target: 'postvak', sequence: 1_000_000, outcome: 'acknowledged' }),
  ];
  return [acceptedOf(envelope), ...atTopdesk, ...atPostvak];
};
