import type { Scoped } from '#runtime/database.js';
import type { Hand, Ticket } from '../hand.js';
import { laneOf } from '../line.js';
import type { Delivered, Expired, Outcome } from '../outcome.js';
import { abandonEffect, endEffect } from './effects.js';
import { setHold } from './holds.js';
import { keep, type SealedKept } from './kept.js';
import { lockLane, type Place } from './place.js';
import { recordedAs, type Recorded } from './recorded.js';
import { remember } from './references.js';
import { standAs, type Standing } from './rows.js';

/** An outcome that leaves the message standing as a row. */
export type Stays = Exclude<Outcome, Delivered | Expired>;

const placeOf = ({ line, shipment }: Hand): Place => ({ line, message: shipment.envelope.id });

/** An attempt ended well: effect, reference and answer in one transaction. Null where another has taken it since. */
export const recordDelivered = async (
  trx: Scoped,
  hand: Hand,
  ticket: Ticket,
  delivered: {
    readonly outcome: Delivered;
    readonly answer: Buffer | null;
    readonly kept: SealedKept | null;
  },
): Promise<Recorded | null> => {
  const { outcome, answer, kept } = delivered;
  const { envelope } = hand.shipment;
  await lockLane(trx, hand.line, laneOf(envelope));
  const externalId = outcome.reference?.externalId ?? ticket.reference;
  const end = { state: 'done', externalId, answer } as const;
  const sequence = await endEffect(trx, placeOf(hand), ticket.token, end);
  if (sequence === null) return null;
  const { subject, verwerking } = envelope;
  const taught = { subject, verwerking, before: ticket.state };
  if (outcome.reference) await remember(trx, hand.line, outcome.reference, taught);
  if (kept) await keep(trx, hand.line, subject, kept);
  return recordedAs(hand, outcome, { sequence, externalId, answer });
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
  const sequence = await endEffect(trx, placeOf(hand), ticket.token, end);
  if (sequence === null) return null;
  if (outcome.kind === 'expired') return recordedAs(hand, outcome, { sequence });
  if (outcome.kind === 'held' && outcome.pauses) await setHold(trx, line, outcome);
  return stand(trx, hand, outcome, { sequence, ticket });
};
