import { sql } from 'kysely';
import type { Json } from '#kit/message.js';
import type { Scoped } from '#runtime/database.js';
import { tableOf } from '#runtime/rows.js';
import type { Facts } from '../decide/admission.js';
import type { Hand } from '../hand.js';
import { laneOf } from '../line.js';

/** All that is known about a message at its target. Column names are the words of the decisions. */
export interface Known {
  readonly row_state: 'waiting' | 'held' | 'parked' | null;
  readonly row_digest: string | null;
  readonly row_sequence: number | null;
  readonly leased_by: string | null;
  readonly attempt: number | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly due_at: Date | null;
  readonly failing_for_ms: number;
  readonly effect_state: 'started' | 'done' | 'failed' | 'discarded' | null;
  readonly effect_digest: string | null;
  readonly effect_sequence: number | null;
  readonly effect_at: Date | null;
  readonly crashes: number | null;
  readonly busy_ms: number | null;
  readonly external_id: string | null;
  readonly answer: Buffer | null;
  readonly hold_code: string | null;
  readonly hold_detail: string | null;
  readonly lane: boolean;
  readonly reference: string | null;
  /** What is remembered of the thing under that id. */
  readonly reference_state: Json | null;
  /** What an earlier message about the thing left here, sealed. */
  readonly kept: Buffer | null;
  readonly restored: boolean;
}

/** When the sender made it, by its own clock; a moment that is none counts as long ago. */
const madeAt = ({ shipment }: Hand): Date => {
  const ms = Date.parse(shipment.envelope.time);
  return new Date(Number.isNaN(ms) ? 0 : ms);
};

const askedTypes = {
  ...{ tenant: 'text', target: 'text', message: 'uuid', subject: 'text', lane: 'text' },
  ...{ row_id: 'bigint', made_at: 'timestamptz', number: 'int' },
};

const askedOf = (hand: Hand, number: number) => {
  const { line, shipment, origin } = hand;
  const { id: message, subject } = shipment.envelope;
  const lane = laneOf(shipment.envelope);
  const rowId = origin.kind === 'row' ? origin.id : null;
  return { ...line, message, subject, lane, row_id: rowId, made_at: madeAt(hand), number };
};

/**
 * The column in a form that no index answers: until a table was analysed for the first time the planner takes the key, which
 * begins with tenant and target, for as good a way as that of the subject, and reads all of a target for each message.
 */
const notLeading = (column: 'tenant' | 'target') => sql`${sql.ref(column)} || ''`;

/** Reads the facts of each in one statement; the caller holds the locks of their lanes. A row in hand is the head of its lane. */
export const readKnown = async (trx: Scoped, hands: readonly Hand[]): Promise<readonly Known[]> => {
  const { rows } = await sql<Known>`
    select
      w.state as row_state, w.envelope ->> 'digest' as row_digest, w.sequence as row_sequence,
      w.leased_by, w.attempt, w.code, w.detail, w.due_at,
      coalesce(extract(epoch from clock_timestamp() - w.first_failed_at) * 1000, 0)::float8 as failing_for_ms,
      e.state as effect_state, e.digest as effect_digest, e.sequence as effect_sequence, e.at as effect_at,
      e.crashes, e.external_id, e.answer,
      case when e.busy_until is not null
        then greatest(0, extract(epoch from e.busy_until - clock_timestamp()) * 1000)::float8 end as busy_ms,
      h.code as hold_code, h.detail as hold_detail,
      exists (
        select from delivery.waiting b
        where b.tenant = m.tenant and b.target = m.target and b.subject = m.lane
          and b.state <> 'parked' and (m.row_id is null or b.id < m.row_id)
      ) as lane,
      r.external_id as reference, r.state as reference_state,
      case when k.keep_until > now() then k.sealed end as kept,
      exists (select from delivery.restored s where s.tenant = m.tenant and s.restored_at > m.made_at) as restored
    from ${tableOf('m', askedTypes, hands.map(askedOf))}
    left join delivery.waiting w on w.tenant = m.tenant and w.target = m.target and w.message = m.message
    left join delivery.effect e on e.tenant = m.tenant and e.target = m.target and e.message = m.message
    left join delivery.hold h on h.tenant = m.tenant and h.target = m.target
    left join delivery.kept k on k.tenant = m.tenant and k.target = m.target and k.subject = m.subject
    left join lateral (
      select external_id, state from delivery.reference
      where subject = m.subject and ${notLeading('tenant')} = m.tenant and ${notLeading('target')} = m.target
      order by updated_at desc limit 1
    ) r on true
    order by m.number`.execute(trx);
  if (rows.length !== hands.length) throw new Error('not one row of facts for each message');
  return rows;
};

/** The facts as the decision takes them. */
export const factsOf = (known: Known, hand: Hand): Facts => ({
  knownDigest: known.row_digest ?? known.effect_digest,
  rowed: hand.origin.kind === 'queue' && known.row_state !== null,
  lane: known.lane,
  restored: known.restored,
  hold:
    known.hold_code === null ? null : { code: known.hold_code, detail: known.hold_detail ?? '' },
  effect:
    known.effect_state === null
      ? null
      : { state: known.effect_state, busyMs: known.busy_ms, crashes: known.crashes ?? 0 },
});

/** Number of the next step of this message at this target. */
export const nextSequence = ({ row_sequence, effect_sequence }: Known): number =>
  1 + Math.max(row_sequence ?? 0, effect_sequence ?? 0);
