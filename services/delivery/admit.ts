import type { Scoped } from '#runtime/database.js';
import type { KeyRing } from '#runtime/keys.js';
import {
  admissionOf,
  type Admission,
  type Go,
  type Moment,
  type Suspect,
} from './decide/admission.js';
import type { Hand, Ticket } from './hand.js';
import { laneOf } from './line.js';
import { parkConflict } from './store/conflict.js';
import { claimEffect } from './store/effects.js';
import { factsOf, nextSequence, readKnown, type Known } from './store/facts.js';
import { lockLane } from './store/place.js';
import { recordStanding } from './store/record.js';
import { endedBefore, recordedAs, recordedBefore, type Recorded } from './store/recorded.js';

/**
 * Leave to try it, or what was written instead; `lost` where another has the row in hand, `suspect` where it may be asked
 * for again once no other suspect is in hand.
 */
export type Admitted =
  | { readonly kind: 'go'; readonly ticket: Ticket }
  | Suspect
  | { readonly kind: 'told'; readonly recorded: Recorded }
  | { readonly kind: 'lost' };

export interface AdmitOptions {
  readonly busyMs: number;
  readonly keys: KeyRing;
  readonly moment: Omit<Moment, 'digest'>;
}

const claim = async (
  trx: Scoped,
  hand: Hand,
  { known, go, busyMs }: { known: Known; go: Go; busyMs: number },
): Promise<Admitted> => {
  const { id, digest, subject, verwerking } = hand.shipment.envelope;
  const place = { line: hand.line, message: id };
  const { crashes } = go;
  const token = await claimEffect(trx, place, { digest, subject, verwerking, busyMs, crashes });
  return {
    kind: 'go',
    ticket: {
      token,
      attempt: 1 + (known.attempt ?? 0),
      formerCode: known.code,
      failingForMs: known.failing_for_ms,
      redelivered: go.redelivered,
      taken: known.effect_state === 'started' ? known.external_id : null,
      reference: known.reference,
      state: known.reference_state ?? undefined,
      kept: known.kept,
    },
  };
};

const write = async (
  trx: Scoped,
  hand: Hand,
  {
    known,
    admission,
    keys,
  }: { known: Known; admission: Exclude<Admission, Go | Suspect>; keys: KeyRing },
): Promise<Recorded | null> => {
  if (admission.kind === 'conflict') return parkConflict(trx, hand, keys);
  if (admission.kind === 'known') return recordedBefore(hand, known);
  if (admission.kind === 'repeat') return endedBefore(hand, known);
  const sequence = nextSequence(known);
  if (admission.kind === 'expired') return recordedAs(hand, admission, { sequence });
  return recordStanding(trx, hand, admission, sequence);
};

/**
 * Decides under the lock of the lane whether the message in hand may be tried, and writes the decision in the same
 * transaction: leave to try it (its effect is 'started'), or the row as which it stands.
 */
export const admit = async (
  trx: Scoped,
  hand: Hand,
  { busyMs, keys, moment }: AdmitOptions,
): Promise<Admitted> => {
  const { envelope } = hand.shipment;
  await lockLane(trx, hand.line, laneOf(envelope));
  const known = await readKnown(trx, hand);
  if (hand.origin.kind === 'row' && known.leased_by !== hand.origin.lease) return { kind: 'lost' };
  const admission = admissionOf(factsOf(known, hand), { ...moment, digest: envelope.digest });
  if (admission.kind === 'go') return claim(trx, hand, { known, go: admission, busyMs });
  if (admission.kind === 'suspect') return admission;
  const recorded = await write(trx, hand, { known, admission, keys });
  return recorded ? { kind: 'told', recorded } : { kind: 'lost' };
};
