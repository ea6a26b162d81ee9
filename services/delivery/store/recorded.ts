import type { Shipment } from '#bus/envelope.js';
import type { StepOutcome, TargetStatus } from '#bus/records.js';
import type { Hand } from '../hand.js';
import type { Outcome } from '../outcome.js';
import type { Known } from './facts.js';

/** What was written about a message in hand, and has to be told. */
export interface Recorded {
  /** The message that it is about; for a conflict another than the one in hand. */
  readonly shipment: Shipment;
  readonly outcome: StepOutcome;
  readonly status: TargetStatus;
  readonly sequence: number;
  readonly at: Date;
  readonly code: string | null;
  readonly detail: string | null;
  readonly externalId: string | null;
  readonly nextAttemptAt: Date | null;
  readonly conflictOf: string | null;
  /** Sealed CloudEvent that answers. */
  readonly answer: Buffer | null;
  /** False where it is told again, in case it was not told before. */
  readonly news: boolean;
  /** Whether a row in hand stays. */
  readonly stays: boolean;
}

const statusOf = {
  delivered: 'delivered',
  retry: 'waiting',
  queued: 'waiting',
  rejected: 'parked',
  parked: 'parked',
  held: 'held',
  expired: 'expired',
} as const satisfies Record<Outcome['kind'], TargetStatus>;

/** An outcome as it was written under `sequence`. */
export const recordedAs = (
  hand: Hand,
  outcome: Outcome,
  written: Pick<Recorded, 'sequence'> & Partial<Recorded>,
): Recorded => ({
  shipment: hand.shipment,
  outcome: outcome.kind,
  status: statusOf[outcome.kind],
  at: new Date(),
  code: 'code' in outcome ? outcome.code : null,
  detail: outcome.detail,
  externalId: null,
  nextAttemptAt: null,
  conflictOf: null,
  answer: null,
  news: true,
  stays: outcome.kind !== 'delivered' && outcome.kind !== 'expired',
  ...written,
});

/** Codes under which the bus itself sets a message aside; every other code is a connector's reason. */
const ownCodes = new Set(['exhausted', 'poison', 'unclassified', 'conflict']);

/** How a row stands, in the words of the step that made it stand so. */
export const outcomeOfRow = (
  state: 'waiting' | 'held' | 'parked',
  code: string | null,
): StepOutcome => {
  if (state === 'held') return 'held';
  if (state === 'waiting') return code === null ? 'queued' : 'retry';
  return code !== null && ownCodes.has(code) ? 'parked' : 'rejected';
};

/** It waits, is held or parked already: how that was told. */
export const recordedBefore = (hand: Hand, known: Known): Recorded => {
  const state = known.row_state ?? 'waiting';
  return {
    shipment: hand.shipment,
    outcome: outcomeOfRow(state, known.code),
    status: state,
    sequence: known.row_sequence ?? 0,
    at: new Date(),
    code: known.code,
    detail: known.detail,
    externalId: null,
    nextAttemptAt: state === 'waiting' ? known.due_at : null,
    conflictOf: null,
    answer: null,
    news: false,
    stays: true,
  };
};

/** It is done already, or an operator discarded it: how that was told. */
export const endedBefore = (hand: Hand, known: Known): Recorded => ({
  shipment: hand.shipment,
  ...(known.effect_state === 'discarded'
    ? { outcome: 'discarded', status: 'discarded' }
    : { outcome: 'delivered', status: 'delivered' }),
  sequence: known.effect_sequence ?? 0,
  at: known.effect_at ?? new Date(),
  code: null,
  detail: null,
  externalId: known.external_id,
  nextAttemptAt: null,
  conflictOf: null,
  answer: known.answer,
  news: false,
  stays: false,
});
