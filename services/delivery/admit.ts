import type { Scoped } from '#runtime/database.js';
import { apart } from '#runtime/together.js';
import type { KeyRing } from '#runtime/keys.js';
import {
  admissionOf,
  type Admission,
  type Go,
  type Moment,
  type Suspect,
} from './decide/admission.js';
import type { Hand, Ticket } from './hand.js';
import { laneKey, laneOf } from './line.js';
import { parkConflict } from './store/conflict.js';
import { claimEffects, type Claim } from './store/effects.js';
import { factsOf, nextSequence, readKnown, type Known } from './store/facts.js';
import { lockLane, tryLocks } from './store/place.js';
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

/** A message in hand that asks for leave. */
export interface Asking {
  readonly hand: Hand;
  readonly options: AdmitOptions;
}

/** One that has leave, as far as its claim. */
interface Going {
  readonly asking: Asking;
  readonly known: Known;
  readonly go: Go;
}

const claimOf = ({ asking, go }: Going): Claim => {
  const { hand, options } = asking;
  const { id, digest, subject, verwerking } = hand.shipment.envelope;
  const { busyMs } = options;
  const { crashes } = go;
  return { line: hand.line, message: id, digest, subject, verwerking, busyMs, crashes };
};

const ticketOf = ({ known, go }: Going, token: string): Ticket => ({
  token,
  attempt: 1 + (known.attempt ?? 0),
  formerCode: known.code,
  failingForMs: known.failing_for_ms,
  redelivered: go.redelivered,
  taken: known.effect_state === 'started' ? known.external_id : null,
  reference: known.reference,
  state: known.reference_state ?? undefined,
  kept: known.kept,
});

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

/** What one that may not go stands as, which is written. */
const refuse = async (
  trx: Scoped,
  { hand, options }: Asking,
  known: Known,
  admission: Exclude<Admission, Go>,
): Promise<Admitted> => {
  if (admission.kind === 'suspect') return admission;
  const recorded = await write(trx, hand, { known, admission, keys: options.keys });
  return recorded ? { kind: 'told', recorded } : { kind: 'lost' };
};

const lost = ({ origin }: Hand, known: Known): boolean =>
  origin.kind === 'row' && known.leased_by !== origin.lease;

/** Decides of each in turn, then claims all that may go; the caller holds the locks of their lanes. */
const decide = async (trx: Scoped, all: readonly Asking[]): Promise<readonly Admitted[]> => {
  const knowns = await readKnown(
    trx,
    all.map(({ hand }) => hand),
  );
  const admitted = new Map<Asking, Admitted>();
  const going: Going[] = [];
  for (const [index, asking] of all.entries()) {
    const { hand, options } = asking;
    const known = knowns[index];
    if (!known || lost(hand, known)) continue;
    const { digest } = hand.shipment.envelope;
    const admission = admissionOf(factsOf(known, hand), { ...options.moment, digest });
    if (admission.kind === 'go') going.push({ asking, known, go: admission });
    else admitted.set(asking, await refuse(trx, asking, known, admission));
  }
  const tokens = going.length === 0 ? [] : await claimEffects(trx, going.map(claimOf));
  for (const [index, token] of tokens.entries()) {
    const gone = going[index];
    if (gone) admitted.set(gone.asking, { kind: 'go', ticket: ticketOf(gone, token) });
  }
  return all.map((asking) => admitted.get(asking) ?? { kind: 'lost' });
};

/**
 * Decides under the lock of the lane whether the message in hand may be tried, and writes the decision in the same
 * transaction: leave to try it (its effect is 'started'), or the row as which it stands.
 */
export const admit = async (trx: Scoped, hand: Hand, options: AdmitOptions): Promise<Admitted> => {
  await lockLane(trx, hand.line, laneOf(hand.shipment.envelope));
  const [admitted] = await decide(trx, [{ hand, options }]);
  if (!admitted) throw new Error('nothing was decided');
  return admitted;
};

/** The lane of a message in hand: nobody else decides about it meanwhile. */
export const laneIn = ({ line, shipment }: Hand): string =>
  laneKey(line, laneOf(shipment.envelope));

/** As `admit` for several, each in a lane of its own; `apart` where one must wait for its lane, on its own. */
export const admitTogether = async (
  trx: Scoped,
  all: readonly Asking[],
): Promise<readonly (Admitted | typeof apart)[]> => {
  const locked = await tryLocks(
    trx,
    all.map(({ hand }) => [laneIn(hand)]),
  );
  const mine = all.filter((_, index) => locked[index]);
  const admitted = mine.length === 0 ? [] : await decide(trx, mine);
  return all.map((asking) => admitted[mine.indexOf(asking)] ?? apart);
};
