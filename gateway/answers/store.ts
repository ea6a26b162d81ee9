import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import type { Scoped } from '#runtime/database.js';
import { last } from '#runtime/riding.js';
import { tableOf } from '#runtime/rows.js';
import { cancelChannel, questionKey } from '#trace/question-channels.js';

/** An answer as it is kept: sealed under an id of its own. */
export interface SealedAnswer {
  readonly id: string;
  readonly answer: Buffer;
}

/** What is kept of a question for an hour after its end; `answer` is null where it has none that may be read. */
export interface KeptQuestion {
  readonly type: string;
  readonly source: string;
  readonly state: 'asked' | 'cancelled' | 'answered' | 'expired';
  readonly id: string | null;
  readonly answer: Buffer | null;
}

/** Null where delivery has not begun with it, or its time is over. */
export const readKept = async (trx: Scoped, id: string): Promise<KeptQuestion | null> => {
  const { rows } = await sql<KeptQuestion>`
    select type, source, state, answer_envelope ->> 'id' as id,
      case when state = 'answered' and keep_until > clock_timestamp() then answer end as answer
    from delivery.question where message = ${id}`.execute(trx);
  return rows[0] ?? null;
};

const askedTypes = {
  ...{ tenant: 'text', message: 'uuid', digest: 'text', accepted_at: 'timestamptz', number: 'int' },
};

const askedRow = ({ tenant, id, digest, acceptedAt }: Envelope, number: number) => ({
  ...{ tenant, message: id, digest, accepted_at: acceptedAt, number },
});

/** The answers to these very questions; an earlier refusal to answer is none to whoever asks again. */
export const readAnswersTo = async (
  trx: Scoped,
  questions: readonly Envelope[],
): Promise<readonly (SealedAnswer | null)[]> => {
  const { rows } = await last(sql<SealedAnswer & { number: number }>`
    select a.number, q.answer_envelope ->> 'id' as id, q.answer
    from ${tableOf('a', askedTypes, questions.map(askedRow))}
    join delivery.question q on q.tenant = a.tenant and q.message = a.message
    where q.digest = a.digest and q.state = 'answered' and q.keep_until > clock_timestamp()
      and (q.outcome = 'delivered' or q.accepted_at >= a.accepted_at)`).execute(trx);
  const answers = new Map(rows.map(({ number, id, answer }) => [number, { id, answer }]));
  return questions.map((_, number) => answers.get(number) ?? null);
};

const cancelledLivesSeconds = 3_600;

/** Nobody waits for it any more: delivery stops asking, or does not begin. What was asked again meanwhile goes on. */
export const cancelQuestion = async (trx: Scoped, question: Envelope): Promise<void> => {
  const { tenant, id, type, source, digest, acceptedAt, targets } = question;
  const { numAffectedRows } = await sql`
    insert into delivery.question as q (tenant, message, target, type, source, digest, accepted_at, state, keep_until)
    values (${tenant}, ${id}, ${targets[0] ?? ''}, ${type}, ${source}, ${digest}, ${acceptedAt}, 'cancelled',
      ${question.expiresAt}::timestamptz + make_interval(secs => ${cancelledLivesSeconds}))
    on conflict (tenant, message) do update set state = 'cancelled'
    where q.state = 'asked' and q.digest = excluded.digest and q.accepted_at <= excluded.accepted_at`.execute(
    trx,
  );
  if (numAffectedRows === 1n)
    await sql`select pg_notify(${cancelChannel}, ${questionKey(tenant, id)})`.execute(trx);
};
