import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Envelope } from '#bus/envelope.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { admit, admitTogether } from '../admit.js';
import { handOfRow } from '../due.js';
import type { Hand, Ticket } from '../hand.js';
import type { Line } from '../line.js';
import type { Outcome } from '../outcome.js';
import { endOwnHold, releaseRows } from './holds.js';
import { recordDelivered, recordFailed } from './record.js';
import { dropRow, leaseHeads, unleaseRow } from './rows.js';

const keys = [{ id: 'k1', bytes: randomBytes(32) }] as const;
const options = {
  busyMs: 60_000,
  keys,
  moment: { expired: false, circuitMs: null, alone: true },
};
const lease = { leaseMs: 60_000, limit: 10 };
const delivery = { gone: false, ack: () => true, release: () => true };

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const envelopeOf = (line: Line, subject: string): Envelope => ({
  version: 1,
  id: randomUUID(),
  tenant: line.tenant,
  type: 'be.lbbus.melding.ingediend.v1',
  kind: 'event',
  ...{ source: 'urn:lb:aalter:balie', senderId: 'x', digest: 'd' },
  subject,
  time: '2026-01-05T08:12:00Z',
  acceptedAt: '2026-01-05T08:12:01Z',
  expiresAt: null,
  targets: [line.target],
  ...{ verwerking: null, traceparent: '', correlationId: null, causationId: null, origin: null },
});

type End = 'delivered' | 'retry' | 'rejected' | 'pause';

const nothing = { reference: null, kept: null, answer: null, detail: null };
const delivered = { kind: 'delivered', ...nothing } as const;
const outcomes: Record<End, Outcome> = {
  delivered,
  retry: { kind: 'retry', code: 'locked', detail: '', waitMs: 0, mayHaveActed: true },
  rejected: { kind: 'rejected', code: 'invalid', detail: '', mayHaveActed: false },
  pause: { kind: 'held', code: 'unauthorized', detail: '', pauses: true },
};

/** One line in a real database, driven step by step; knows what arrived and what ended, and in which order. */
class Lane {
  readonly line: Line = { tenant: 'aalter', target: `t${randomUUID()}` };
  readonly arrived = new Map<string, string[]>();
  readonly ended = new Map<string, string[]>();
  readonly inHand: { readonly hand: Hand; readonly ticket: Ticket }[] = [];

  readonly #scoped: Database['scoped'] = (scope, work) => database.scoped(scope, work);

  /** A message from the queue. In one process the next of a subject comes after the one before has settled. */
  async arrive(subject: string): Promise<void> {
    if (this.inHand.some(({ hand }) => hand.origin.kind === 'queue' && is(hand, subject))) return;
    const envelope = envelopeOf(this.line, subject);
    this.arrived.set(subject, [...(this.arrived.get(subject) ?? []), envelope.id]);
    const shipment = { envelope, target: this.line.target, body: Buffer.from('sealed') };
    await this.#ask([{ line: this.line, shipment, origin: { kind: 'queue', delivery } }]);
  }

  /** The heads that are due are taken from the database. */
  async takeDue(): Promise<void> {
    const token = randomUUID();
    const rows = await this.#scoped('aalter', (trx) =>
      leaseHeads(trx, this.line, { ...lease, lease: token, early: false }),
    );
    await this.#ask(rows.map((row) => handOfRow(row, token)));
  }

  /** The `index`th in hand ends in this way. */
  async end(index: number, end: End, taken?: string): Promise<void> {
    const [going] = this.inHand.splice(index % Math.max(1, this.inHand.length), 1);
    if (!going) return;
    const { hand, ticket } = going;
    const ending = outcomes[end];
    const outcome = ending.kind === 'retry' ? { ...ending, taken } : ending;
    await this.#scoped('aalter', (trx) =>
      outcome.kind === 'delivered'
        ? recordDelivered(trx, { hand, ticket, outcome, answer: null, kept: null })
        : recordFailed(trx, hand, ticket, outcome),
    );
    if (end === 'delivered' || end === 'rejected') {
      const { subject, id } = hand.shipment.envelope;
      this.ended.set(subject, [...(this.ended.get(subject) ?? []), id]);
    }
    await this.#letGo(hand, end === 'delivered');
  }

  /** An operator lets the line go on. */
  async release(): Promise<void> {
    const token = randomUUID();
    await this.#scoped('aalter', (trx) => endOwnHold(trx, this.line));
    const rows = await this.#scoped('aalter', (trx) =>
      releaseRows(trx, { ...lease, lease: token }),
    );
    for (const { id } of rows)
      await this.#scoped('aalter', (trx) => unleaseRow(trx, { id, lease: token }));
  }

  /** Everything that can still be done is done, without a fault. */
  async drain(): Promise<void> {
    for (let round = 0; round < 200; round++) {
      await this.release();
      await this.takeDue();
      if (this.inHand.length === 0) return;
      while (this.inHand.length > 0) await this.end(0, 'delivered');
    }
    throw new Error('the line does not come to rest');
  }

  async #ask(hands: readonly Hand[]): Promise<void> {
    const all = await this.#scoped('aalter', (trx) =>
      admitTogether(
        trx,
        hands.map((hand) => ({ hand, options })),
      ),
    );
    for (const [index, admitted] of all.entries()) {
      const hand = hands[index];
      if (!hand || typeof admitted === 'symbol') throw new Error('nobody else locks its lane');
      if (admitted.kind === 'go') {
        const { subject } = hand.shipment.envelope;
        expect(this.inHand.filter((going) => is(going.hand, subject))).toEqual([]);
        this.inHand.push({ hand, ticket: admitted.ticket });
      } else await this.#letGo(hand, false);
    }
  }

  async #letGo({ origin }: Hand, done: boolean): Promise<void> {
    if (origin.kind === 'row')
      await this.#scoped('aalter', (trx) => (done ? dropRow : unleaseRow)(trx, origin));
  }
}

const is = (hand: Hand, subject: string): boolean => hand.shipment.envelope.subject === subject;

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('a', 'b').map((subject) => ['arrive', subject] as const),
  },
  { weight: 2, arbitrary: fc.constant(['takeDue'] as const) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.nat(5), fc.constantFrom<End>('delivered', 'retry', 'retry', 'rejected', 'pause'))
      .map(([index, end]) => ['end', index, end] as const),
  },
  { weight: 1, arbitrary: fc.constant(['release'] as const) },
);

const run = async (lane: Lane, [name, one, other]: readonly [string, unknown?, unknown?]) => {
  if (name === 'arrive') await lane.arrive(one as string);
  if (name === 'takeDue') await lane.takeDue();
  if (name === 'end') await lane.end(one as number, other as End);
  if (name === 'release') await lane.release();
};

it('a subject never overtakes itself and loses nothing, whatever happens to its messages', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const lane = new Lane();
      for (const one of steps) await run(lane, one);
      await lane.drain();
      for (const [subject, arrived] of lane.arrived)
        expect(lane.ended.get(subject)).toEqual(arrived);
    }),
    { numRuns: Number(process.env['LBBUS_TEST_RUNS'] ?? 60) },
  );
});

it('asks by what the other side said it had taken, also after a pause', async () => {
  const lane = new Lane();
  await lane.arrive('a');
  await lane.end(0, 'retry', 'upload 1');
  for (const end of ['retry', 'pause', 'retry'] as const) {
    await lane.release();
    await lane.takeDue();
    expect(lane.inHand[0]?.ticket).toMatchObject({ taken: 'upload 1', redelivered: true });
    await lane.end(0, end);
  }
});

it('who was taken for dead writes nothing over what came after', async () => {
  const line: Line = { tenant: 'aalter', target: `t${randomUUID()}` };
  const shipment = { envelope: envelopeOf(line, 's'), target: line.target, body: Buffer.from('') };
  const hand: Hand = { line, shipment, origin: { kind: 'queue', delivery } };
  const ask = async () => {
    const admitted = await database.scoped('aalter', (trx) =>
      admit(trx, hand, { ...options, busyMs: 0 }),
    );
    if (admitted.kind !== 'go') throw new Error(`it was ${admitted.kind}`);
    return admitted.ticket;
  };
  const record = (ticket: Ticket, externalId: string) => {
    const outcome = { ...delivered, reference: { externalId } };
    return database.scoped('aalter', (trx) =>
      recordDelivered(trx, { hand, ticket, outcome, answer: null, kept: null }),
    );
  };
  const frozen = await ask();
  const other = await ask();
  expect(other.redelivered).toBe(true);
  expect(await record(frozen, 'twice')).toBeNull();
  expect(await record(other, 'once')).toMatchObject({ outcome: 'delivered', externalId: 'once' });
});
