import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { last } from '#runtime/riding.js';
import { interval, ofEffect, type Place } from './place.js';

/** What is known of an effect once an attempt has ended. */
export interface EffectEnd {
  readonly state: 'started' | 'done' | 'failed';
  readonly externalId: string | null;
  /** Sealed CloudEvent. */
  readonly answer: Buffer | null;
}

/** What is written down before an attempt. */
export interface Claim {
  readonly digest: string;
  /** What the message is about, and under which processing activity: an item that names the message is known by it. */
  readonly subject: string;
  readonly verwerking: string | null;
  readonly busyMs: number;
  readonly crashes: number;
}

/**
 * Takes the message in hand, as the last thing in its transaction: until `busyMs` have passed nobody else does. Answers the token that proves it.
 * The caller holds the lock of the lane and knows that nobody has it in hand.
 */
export const claimEffect = async (trx: Scoped, place: Place, claim: Claim): Promise<string> => {
  const { rows } = await last(sql<{ token: string }>`
    insert into delivery.effect (tenant, target, message, digest, subject, verwerking, state, busy_until, crashes)
    values (${place.line.tenant}, ${place.line.target}, ${place.message}, ${claim.digest}, ${claim.subject},
      ${claim.verwerking}, 'started', clock_timestamp() + ${interval(claim.busyMs)}, ${claim.crashes})
    on conflict (tenant, target, message) do update
      set state = 'started', busy_until = excluded.busy_until, crashes = excluded.crashes,
        subject = excluded.subject, verwerking = excluded.verwerking
    returning busy_until::text as token`).execute(trx);
  const [claimed] = rows;
  if (!claimed) throw new Error('an upsert gave no row');
  return claimed.token;
};

/**
 * Writes how the attempt ended. With an answer it stays in hand until that was told, so that no poll overtakes it.
 * Answers the number of its step, after all that were written of the message; null where somebody else has taken the
 * message since: then nothing was written. The caller holds the lock of the lane.
 */
export const endEffect = async (
  trx: Scoped,
  place: Place,
  token: string,
  end: EffectEnd,
): Promise<number | null> => {
  // While an attempt that is thought of as dead was still at it, the message may have come again and stand as a row.
  const standing = sql`
    select w.sequence from delivery.waiting w
    where w.tenant = ${place.line.tenant} and w.target = ${place.line.target} and w.message = ${place.message}`;
  const { rows } = await sql<{ sequence: number }>`
    update delivery.effect
    set state = ${end.state}, crashes = 0, busy_until = case when ${end.answer === null} then null else busy_until end, at = now(),
      sequence = 1 + greatest(sequence, (${standing})), external_id = ${end.externalId}, answer = ${end.answer}
    where ${ofEffect(place)} and busy_until = ${token}::timestamptz
    returning sequence`.execute(trx);
  return rows[0]?.sequence ?? null;
};

/** Poison is set aside: nobody has it in hand any more, and it may have acted. */
export const abandonEffect = async (trx: Scoped, place: Place): Promise<void> => {
  await sql`update delivery.effect set busy_until = null, crashes = 0 where ${ofEffect(place)}`.execute(
    trx,
  );
};

/** The answer was told: it is in hand no more. */
export const answerTold = async (trx: Scoped, place: Place): Promise<void> => {
  await sql`update delivery.effect set busy_until = null
    where ${ofEffect(place)} and state = 'done'`.execute(trx);
};

/**
 * Messages that somebody has in hand at the target at this moment, and those of which nobody knows yet whether they acted
 * there, for `unknownMs` after their first failure or after whoever had them in hand was gone: their next attempt looks.
 */
export const inHandAt = async (
  trx: Scoped,
  { tenant, target }: Place['line'],
  unknownMs: number,
): Promise<readonly string[]> => {
  const { rows } = await sql<{ message: string }>`
    select message from delivery.effect
    where tenant = ${tenant} and target = ${target} and busy_until > clock_timestamp()
      - case when state = 'started' then ${interval(unknownMs)} else interval '0' end
    union
    select w.message from delivery.waiting w
    join delivery.effect e on e.tenant = w.tenant and e.target = w.target and e.message = w.message
    where w.tenant = ${tenant} and w.target = ${target} and w.state = 'waiting' and e.state = 'started'
      and w.first_failed_at > clock_timestamp() - ${interval(unknownMs)}`.execute(trx);
  return rows.map(({ message }) => message);
};
