import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { last } from '#runtime/riding.js';
import { tableOf } from '#runtime/rows.js';
import { lineKey, type Line } from '../line.js';
import { interval, ofEffect, type Place } from './place.js';

/** What is known of an effect once an attempt has ended. */
export interface EffectEnd {
  readonly state: 'started' | 'done' | 'failed';
  readonly externalId: string | null;
  /** Sealed CloudEvent. */
  readonly answer: Buffer | null;
}

/** What is written down before an attempt. */
export interface Claim extends Place {
  readonly digest: string;
  /** What the message is about, and under which processing activity: an item that names the message is known by it. */
  readonly subject: string;
  readonly verwerking: string | null;
  readonly busyMs: number;
  readonly crashes: number;
}

const keyOf = ({ line, message }: Place): string => `${lineKey(line)}/${message.toLowerCase()}`;

const placeTypes = { tenant: 'text', target: 'text', message: 'uuid' };
const claimTypes = {
  ...placeTypes,
  ...{ digest: 'text', subject: 'text', verwerking: 'text', busy_ms: 'float8', crashes: 'int' },
};
const endTypes = {
  ...placeTypes,
  ...{ token: 'timestamptz', state: 'text', external_id: 'text', answer: 'bytea' },
};

const claimRow = ({ line, busyMs, ...claim }: Claim) => ({ ...line, ...claim, busy_ms: busyMs });
const endRow = ({ line, message, token, end }: Ending) => {
  const { state, externalId, answer } = end;
  return { ...line, message, token, state, external_id: externalId, answer };
};

/**
 * Takes the messages in hand, as the last thing in their transaction: until `busyMs` have passed nobody else does. Answers
 * of each the token that proves it. The caller holds the locks of the lanes and knows that nobody has them in hand.
 */
export const claimEffects = async (
  trx: Scoped,
  claims: readonly Claim[],
): Promise<readonly string[]> => {
  const { rows } = await last(sql<{ token: string } & PlaceRow>`
    insert into delivery.effect (tenant, target, message, digest, subject, verwerking, state, busy_until, crashes)
    select c.tenant, c.target, c.message, c.digest, c.subject, c.verwerking, 'started',
      clock_timestamp() + make_interval(secs => c.busy_ms / 1000), c.crashes
    from ${tableOf('c', claimTypes, claims.map(claimRow))}
    on conflict (tenant, target, message) do update
      set state = 'started', busy_until = excluded.busy_until, crashes = excluded.crashes,
        subject = excluded.subject, verwerking = excluded.verwerking
    returning tenant, target, message, busy_until::text as token`).execute(trx);
  const tokens = new Map(
    rows.map((row) => [keyOf({ line: row, message: row.message }), row.token]),
  );
  return claims.map((claim) => {
    const token = tokens.get(keyOf(claim));
    if (token === undefined) throw new Error('an upsert gave no row');
    return token;
  });
};

interface PlaceRow extends Line {
  readonly message: string;
}

/** The end of an attempt of a message that was taken in hand with the token. */
export interface Ending extends Place {
  readonly token: string;
  readonly end: EffectEnd;
}

/**
 * Writes how attempts ended. With an answer a message stays in hand until that was told, so that no poll overtakes it.
 * Answers of each the number of its step, after all that were written of the message; null where somebody else has taken
 * the message since: then nothing was written of it. The caller holds the locks of the lanes.
 */
export const endEffects = async (
  trx: Scoped,
  endings: readonly Ending[],
): Promise<readonly (number | null)[]> => {
  // While an attempt that is thought of as dead was still at it, the message may have come again and stand as a row.
  const standing = sql`
    select w.sequence from delivery.waiting w
    where w.tenant = e.tenant and w.target = e.target and w.message = e.message`;
  const { rows } = await sql<{ sequence: number } & PlaceRow>`
    update delivery.effect e
    set state = n.state, crashes = 0, busy_until = case when n.answer is null then null else e.busy_until end, at = now(),
      sequence = 1 + greatest(e.sequence, (${standing})), external_id = n.external_id, answer = n.answer
    from ${tableOf('n', endTypes, endings.map(endRow))}
    where e.tenant = n.tenant and e.target = n.target and e.message = n.message and e.busy_until = n.token
    returning e.tenant, e.target, e.message, e.sequence`.execute(trx);
  const sequences = new Map(
    rows.map((row) => [keyOf({ line: row, message: row.message }), row.sequence]),
  );
  return endings.map((ending) => sequences.get(keyOf(ending)) ?? null);
};

/** As `endEffects` of one. */
export const endEffect = async (trx: Scoped, ending: Ending): Promise<number | null> => {
  const [sequence = null] = await endEffects(trx, [ending]);
  return sequence;
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
