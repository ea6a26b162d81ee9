import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import type { Scoped } from '#runtime/database.js';
import { last } from '#runtime/riding.js';
import { answerChannel, questionKey } from '#trace/question-channels.js';
import type { Line } from '../line.js';
import { interval } from '../store/place.js';

/** An answer may be read for so long, a question that ended without one is remembered for so long. */
const answerLivesMs = 3_600_000;

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

/**
 * Notes that the question is in hand, and answers what is known of it; the last statement of its transaction. Asked again after it ended without an answer, it is
 * asked anew. The caller has it alone: one process at a time, unless the broker took it away.
 */
export const noteQuestion = async (
  trx: Scoped,
  { tenant, target }: Line,
  { envelope, redelivered }: { readonly envelope: Envelope; readonly redelivered: boolean },
): Promise<KnownQuestion> => {
  const { id, type, source, digest, acceptedAt, expiresAt } = envelope;
  const same = sql`q.digest = excluded.digest`;
  const anew = sql`(${same} and q.accepted_at < excluded.accepted_at
    and (q.state in ('cancelled', 'expired') or q.outcome = 'rejected'))`;
  const { rows } = await last(sql<KnownQuestion>`
    insert into delivery.question as q (tenant, message, target, type, source, digest, accepted_at, state, keep_until)
    values (${tenant}, ${id}, ${target}, ${type}, ${source}, ${digest}, ${acceptedAt}, 'asked',
      greatest(clock_timestamp(), ${expiresAt}::timestamptz) + ${interval(answerLivesMs)})
    on conflict (tenant, message) do update set
      state = case when ${anew} then 'asked' else q.state end,
      answer = case when ${anew} then null else q.answer end,
      answer_envelope = case when ${anew} then null else q.answer_envelope end,
      outcome = case when ${anew} then null else q.outcome end,
      keep_until = case when ${anew} then excluded.keep_until else q.keep_until end,
      returns = case when ${anew} then 0
        when ${same} and q.state = 'asked' and ${redelivered} then q.returns + 1 else q.returns end,
      accepted_at = case when ${same} then greatest(q.accepted_at, excluded.accepted_at) else q.accepted_at end
    returning digest, state, returns, sequence, outcome, code, detail, at, answer_envelope,
      (select code from delivery.hold where tenant = ${tenant} and target = ${target}) as hold_code,
      (select detail from delivery.hold where tenant = ${tenant} and target = ${target}) as hold_detail`).execute(
    trx,
  );
  const [known] = rows;
  if (!known) throw new Error('an upsert gave no row');
  return known;
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

/** Writes the end and tells whoever waits, as the last statement of its transaction; null where another process has written one before. */
export const endQuestion = async (
  trx: Scoped,
  { tenant }: Line,
  message: string,
  { state, outcome, code, detail, answer }: QuestionEnd,
): Promise<Numbered | null> => {
  const { rows } = await last(sql<Numbered>`
    with ended as (
      update delivery.question
      set state = ${state}, outcome = ${outcome}, code = ${code}, detail = ${detail},
        answer = ${answer?.body ?? null}, answer_envelope = ${answer ? JSON.stringify(answer.envelope) : null}::jsonb,
        sequence = sequence + 1, at = clock_timestamp(), keep_until = clock_timestamp() + ${interval(answerLivesMs)}
      where tenant = ${tenant} and message = ${message} and state in ('asked', 'cancelled')
      returning sequence, at)
    select sequence, at, pg_notify(${answerChannel}, ${questionKey(tenant, message)}) from ended`).execute(
    trx,
  );
  return rows[0] ?? null;
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
