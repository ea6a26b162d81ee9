import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import type { Scoped } from '#runtime/database.js';
import { last } from '#runtime/riding.js';
import { tableOf } from '#runtime/rows.js';
import { answerChannel, questionKey } from '#trace/question-channels.js';
import type { Line } from '../line.js';
import { interval, type Place } from '../store/place.js';

/** An answer may be read for so long, a question that ended without one is remembered for so long. */
const answerLivesMs = 3_600_000;

/** Sealed, in bytes: what PostgreSQL tells at once is shorter than 8,000. */
const longestToldAnswer = 5_000;

/** All that is known of a question. Column names are the words of the decisions. */
export interface KnownQuestion {
  readonly digest: string;
  readonly state: 'asked' | 'cancelled' | 'answered' | 'expired';
  readonly returns: number;
  readonly sequence: number;
  readonly outcome: 'delivered' | 'rejected' | 'expired' | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly at: Date;
  readonly answer_envelope: Envelope | null;
  readonly hold_code: string | null;
  readonly hold_detail: string | null;
}

/** A question in hand. */
export interface Seen {
  readonly line: Line;
  readonly envelope: Envelope;
  /** The broker has given it out before. */
  readonly redelivered: boolean;
}

const seenTypes = {
  ...{
    tenant: 'text',
    message: 'uuid',
    target: 'text',
    type: 'text',
    source: 'text',
    digest: 'text',
  },
  ...{
    accepted_at: 'timestamptz',
    expires_at: 'timestamptz',
    redelivered: 'boolean',
    number: 'int',
  },
};

const seenRow = ({ line, envelope, redelivered }: Seen, number: number) => {
  const { id: message, type, source, digest, acceptedAt, expiresAt } = envelope;
  const moments = { accepted_at: acceptedAt, expires_at: expiresAt };
  return { ...line, message, type, source, digest, ...moments, redelivered, number };
};

/**
 * Notes that questions are in hand, and answers what is known of each; the last statement of its transaction. Asked again
 * after it ended without an answer, a question is asked anew. The caller has them alone, each once: one process at a time,
 * unless the broker took it away.
 */
export const noteQuestions = async (
  trx: Scoped,
  all: readonly Seen[],
): Promise<readonly KnownQuestion[]> => {
  const same = sql`q.digest = excluded.digest`;
  const anew = sql`(${same} and q.accepted_at < excluded.accepted_at
    and (q.state in ('cancelled', 'expired') or q.outcome = 'rejected'))`;
  // Only of a question that is there already a return counts.
  const { rows } = await last(sql<KnownQuestion>`
    with seen as (select s.tenant, s.message, s.target, s.type, s.source, s.digest, s.accepted_at, s.expires_at, s.redelivered, s.number
      from ${tableOf('s', seenTypes, all.map(seenRow))}),
    noted as (
      insert into delivery.question as q
        (tenant, message, target, type, source, digest, accepted_at, state, keep_until, returns)
      select s.tenant, s.message, s.target, s.type, s.source, s.digest, s.accepted_at, 'asked',
        greatest(clock_timestamp(), s.expires_at) + ${interval(answerLivesMs)},
        case when s.redelivered and exists (
          select from delivery.question k where k.tenant = s.tenant and k.message = s.message) then 1 else 0 end
      from seen s
      on conflict (tenant, message) do update set
        state = case when ${anew} then 'asked' else q.state end,
        answer = case when ${anew} then null else q.answer end,
        answer_envelope = case when ${anew} then null else q.answer_envelope end,
        outcome = case when ${anew} then null else q.outcome end,
        keep_until = case when ${anew} then excluded.keep_until else q.keep_until end,
        returns = case when ${anew} then 0
          when ${same} and q.state = 'asked' then q.returns + excluded.returns else q.returns end,
        accepted_at = case when ${same} then greatest(q.accepted_at, excluded.accepted_at) else q.accepted_at end
      returning tenant, message, digest, state, returns, sequence, outcome, code, detail, at, answer_envelope)
    select n.digest, n.state, n.returns, n.sequence, n.outcome, n.code, n.detail, n.at, n.answer_envelope,
      h.code as hold_code, h.detail as hold_detail
    from seen s join noted n on n.tenant = s.tenant and n.message = s.message
    left join delivery.hold h on h.tenant = s.tenant and h.target = s.target
    order by s.number`).execute(trx);
  if (rows.length !== all.length) throw new Error('an upsert gave no row');
  return rows;
};

/** A step as it was numbered. */
export interface Numbered {
  readonly sequence: number;
  readonly at: Date;
}

/** Numbers an attempt that is followed by another; null where the question has come to its end meanwhile. */
export const noteRetry = async (
  trx: Scoped,
  { tenant }: Line,
  message: string,
): Promise<Numbered | null> => {
  const { rows } = await sql<Numbered>`
    update delivery.question set sequence = sequence + 1, at = clock_timestamp()
    where tenant = ${tenant} and message = ${message} and state = 'asked'
    returning sequence, at`.execute(trx);
  return rows[0] ?? null;
};

/** What is written of a question at its end. */
export interface QuestionEnd {
  readonly state: 'answered' | 'expired';
  readonly outcome: 'delivered' | 'rejected' | 'expired';
  readonly code: string | null;
  readonly detail: string | null;
  readonly answer: { readonly envelope: Envelope; readonly body: Buffer } | null;
}

/** A question at its end. */
export interface QuestionEnding extends Place {
  readonly end: QuestionEnd;
}

const endTypes = {
  ...{
    tenant: 'text',
    message: 'uuid',
    state: 'text',
    outcome: 'text',
    code: 'text',
    detail: 'text',
  },
  ...{ answer: 'bytea', answer_envelope: 'jsonb', number: 'int', key: 'text' },
};

const endRow = ({ line, message, end }: QuestionEnding, number: number) => {
  const { tenant } = line;
  const { answer, ...rest } = end;
  const envelope = answer && JSON.stringify(answer.envelope);
  const kept = { answer: answer && answer.body, answer_envelope: envelope };
  return { tenant, message, ...rest, ...kept, number, key: questionKey(tenant, message) };
};

/**
 * Writes the ends and tells whoever waits, short answers too, as the last statement of its transaction; null for one of which another process
 * has written an end before.
 */
export const endQuestions = async (
  trx: Scoped,
  all: readonly QuestionEnding[],
): Promise<readonly (Numbered | null)[]> => {
  const { rows } = await last(sql<Numbered & { number: number }>`
    with ended as (
      update delivery.question q
      set state = n.state, outcome = n.outcome, code = n.code, detail = n.detail,
        answer = n.answer, answer_envelope = n.answer_envelope,
        sequence = q.sequence + 1, at = clock_timestamp(), keep_until = clock_timestamp() + ${interval(answerLivesMs)}
      from ${tableOf('n', endTypes, all.map(endRow))}
      where q.tenant = n.tenant and q.message = n.message and q.state in ('asked', 'cancelled')
      returning n.number, n.key, q.sequence, q.at, q.outcome, q.digest, q.answer, q.answer_envelope ->> 'id' as id)
    select number, sequence, at, pg_notify(${answerChannel}, case
      when outcome = 'delivered' and octet_length(answer) <= ${longestToldAnswer}
      then concat_ws(' ', key, digest, id, translate(encode(answer, 'base64'), chr(10), ''))
      else key end)
    from ended`).execute(trx);
  const numbered = new Map(rows.map(({ number, sequence, at }) => [number, { sequence, at }]));
  return all.map((_, number) => numbered.get(number) ?? null);
};

/** Whoever asks again and waits hears that it has ended. */
export const ringAgain = async (trx: Scoped, { tenant }: Line, message: string): Promise<void> => {
  await sql`select pg_notify(${answerChannel}, ${questionKey(tenant, message)})`.execute(trx);
};

/** Of these questions, by id, those whose asker has gone. */
export const cancelledAmong = async (
  trx: Scoped,
  messages: readonly string[],
): Promise<{ readonly tenant: string; readonly message: string }[]> => {
  const { rows } = await sql<{ tenant: string; message: string }>`
    select tenant, message from delivery.question
    where state = 'cancelled' and message = any(${messages}::uuid[])`.execute(trx);
  return rows;
};

/** Answers past their time are gone, for good. */
export const forgetAnswers = async (trx: Scoped): Promise<void> => {
  await sql`delete from delivery.question where keep_until < clock_timestamp()`.execute(trx);
};
