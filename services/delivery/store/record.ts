import type { Scoped } from '#runtime/database.js';
import { apart } from '#runtime/together.js';
import { last } from '#runtime/riding.js';
import type { Hand, Ticket } from '../hand.js';
import { laneKey, laneOf } from '../line.js';
import type { Delivered, Expired, Outcome } from '../outcome.js';
import { abandonEffect, endEffect, endEffects, type Ending } from './effects.js';
import { setHold } from './holds.js';
import { keep, type SealedKept } from './kept.js';
import { lockLane, tryLocks, type Place } from './place.js';
import { recordedAs, type Recorded } from './recorded.js';
import { remember, turnOf, writeReferences, type Lesson } from './references.js';
import { standAs, type Standing } from './rows.js';

/** An outcome that leaves the message standing as a row. */
export type Stays = Exclude<Outcome, Delivered | Expired>;

const placeOf = ({ line, shipment }: Hand): Place => ({ line, message: shipment.envelope.id });

/** An attempt that ended well. */
export interface WellEnded {
  readonly hand: Hand;
  readonly ticket: Ticket;
  readonly outcome: Delivered;
  readonly answer: Buffer | null;
  readonly kept: SealedKept | null;
}

const externalIdOf = ({ outcome, ticket }: WellEnded): string | null =>
  outcome.reference?.externalId ?? ticket.reference;

const endingOf = (ended: WellEnded): Ending => ({
  ...placeOf(ended.hand),
  token: ended.ticket.token,
  end: { state: 'done', externalId: externalIdOf(ended), answer: ended.answer },
});

const lessonOf = ({ hand, ticket, outcome }: WellEnded): Lesson[] => {
  const { subject, verwerking } = hand.shipment.envelope;
  const taught = { subject, verwerking, before: ticket.state };
  return outcome.reference ? [{ line: hand.line, reference: outcome.reference, taught }] : [];
};

const deliveredAs = (ended: WellEnded, sequence: number): Recorded =>
  recordedAs(ended.hand, ended.outcome, {
    sequence,
    externalId: externalIdOf(ended),
    answer: ended.answer,
  });

/** An attempt ended well: effect, reference and answer in one transaction. Null where another has taken it since. */
export const recordDelivered = async (trx: Scoped, ended: WellEnded): Promise<Recorded | null> => {
  const { hand, kept } = ended;
  const { envelope } = hand.shipment;
  await lockLane(trx, hand.line, laneOf(envelope));
  const sequence = await endEffect(trx, endingOf(ended));
  if (sequence === null) return null;
  for (const { line, reference, taught } of lessonOf(ended))
    await remember(trx, line, reference, taught);
  if (kept) await keep(trx, hand.line, envelope.subject, kept);
  return deliveredAs(ended, sequence);
};

/** What must be locked for it, and is of no other that is recorded with it. */
export const locksOf = (ended: WellEnded): readonly string[] => {
  const { line, shipment } = ended.hand;
  const turns = lessonOf(ended).map(({ reference }) => turnOf(line, reference.externalId));
  return [laneKey(line, laneOf(shipment.envelope)), ...turns];
};

/** As `recordDelivered` for several that leave nothing kept; `apart` where one must wait for a lock, on its own. */
export const recordDeliveredTogether = async (
  trx: Scoped,
  all: readonly WellEnded[],
): Promise<readonly (Recorded | null | typeof apart)[]> => {
  const locked = await tryLocks(trx, all.map(locksOf));
  const mine = all.filter((_, index) => locked[index]);
  if (mine.length === 0) return all.map(() => apart);
  const sequences = await endEffects(trx, mine.map(endingOf));
  const lessons = mine.filter((_, index) => sequences[index] !== null).flatMap(lessonOf);
  if (lessons.length > 0) await last(writeReferences(lessons)).execute(trx);
  return all.map((ended) => {
    const sequence = sequences[mine.indexOf(ended)];
    if (sequence === undefined) return apart;
    return sequence === null ? null : deliveredAs(ended, sequence);
  });
};

const stateOf = {
  retry: 'waiting',
  queued: 'waiting',
  held: 'held',
  rejected: 'parked',
  parked: 'parked',
} as const;

const standingOf = (outcome: Stays, sequence: number, ticket: Ticket | null): Standing => ({
  state: stateOf[outcome.kind],
  waitMs: 'waitMs' in outcome ? outcome.waitMs : 0,
  sequence,
  code: 'code' in outcome ? outcome.code : null,
  detail: outcome.detail,
  // What an operator has to put right first does not count against the message.
  attempt: ticket && outcome.kind !== 'held' ? ticket.attempt : null,
});

/** Lets the message stand as a row without an attempt. Null where its row was taken by another. */
export const recordStanding = async (
  trx: Scoped,
  hand: Hand,
  outcome: Stays,
  sequence: number,
): Promise<Recorded | null> => {
  if (outcome.kind === 'parked') await abandonEffect(trx, placeOf(hand));
  return stand(trx, hand, outcome, { sequence, ticket: null });
};

const stand = async (
  trx: Scoped,
  hand: Hand,
  outcome: Stays,
  { sequence, ticket }: { sequence: number; ticket: Ticket | null },
): Promise<Recorded | null> => {
  const dueAt = await standAs(trx, hand, standingOf(outcome, sequence, ticket));
  const waits = stateOf[outcome.kind] === 'waiting';
  return dueAt && recordedAs(hand, outcome, { sequence, nextAttemptAt: waits ? dueAt : null });
};

const takenOf = ({ taken }: Ticket, outcome: Stays | Expired): string | null => {
  if (outcome.kind === 'retry') return outcome.taken ?? taken;
  return outcome.kind === 'held' ? taken : null;
};

/** An attempt ended otherwise. Null where another has taken the message since: then nothing was written. */
export const recordFailed = async (
  trx: Scoped,
  hand: Hand,
  ticket: Ticket,
  outcome: Stays | Expired,
): Promise<Recorded | null> => {
  const { line, shipment } = hand;
  await lockLane(trx, line, laneOf(shipment.envelope));
  // What may have acted once stays so until it was looked up: a refusal that follows says nothing of it.
  const unknown = ticket.redelivered || ('mayHaveActed' in outcome && outcome.mayHaveActed);
  const state = unknown ? 'started' : 'failed';
  // What the other side works on is asked by this until that has ended, or the attempts have.
  const externalId = takenOf(ticket, outcome);
  const end = { state, externalId, answer: null } as const;
  const sequence = await endEffect(trx, { ...placeOf(hand), token: ticket.token, end });
  if (sequence === null) return null;
  if (outcome.kind === 'expired') return recordedAs(hand, outcome, { sequence });
  if (outcome.kind === 'held' && outcome.pauses) await setHold(trx, line, outcome);
  return stand(trx, hand, outcome, { sequence, ticket });
};
