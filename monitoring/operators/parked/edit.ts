import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import { copyOf, type Copy } from '#intake/copy.js';
import { digestOf } from '#intake/digest.js';
import { Refusal } from '#intake/refusal.js';
import { refusalText } from '#intake/texts.js';
import type { Scoped } from '#runtime/database.js';
import { open, SealBroken } from '#runtime/keys.js';
import { mask } from '../../messages/masking.js';
import type { Parts } from '../../parts.js';
import { ProblemError } from '../../problems/problem.js';
import { tell } from '../../problems/tell.js';
import { recordAction } from '../action.js';
import { inHand, taking } from './in-hand.js';
import { mergePatch } from './merge-patch.js';

/** An edit as it was asked for; `digest` is that of the original which the operator saw. Either `data` or `patch`. */
export interface Edit {
  readonly tenant: string;
  readonly target: string;
  readonly message: string;
  readonly digest: string;
  readonly data?: unknown;
  readonly patch?: unknown;
  readonly operator: string;
  readonly reason: string;
}

interface Row {
  readonly id: string;
  readonly sequence: number;
  readonly code: string | null;
  readonly due_at: Date;
  readonly uncertain: boolean;
  readonly busy: boolean;
  readonly envelope: Envelope;
  readonly body: Buffer;
}

/** Throws where the message is not parked there, is another than the operator saw, or is in an order. */
const lockRow = async (trx: Scoped, { tenant, target, message, digest }: Edit): Promise<Row> => {
  const { rows } = await sql<Row>`
    select w.id, w.sequence, w.code, w.due_at, w.envelope, w.body,
      exists (select from delivery.parked_item i where i.row_id = w.id and ${inHand('i')}) as busy,
      exists (select from delivery.effect e where e.tenant = w.tenant and e.target = w.target
        and e.message = w.message and e.state = 'started') as uncertain
    from delivery.waiting w
    where w.tenant = ${tenant} and w.target = ${target} and w.message = ${message} and w.state = 'parked'
    for update`.execute(trx);
  const [row] = rows;
  if (!row) throw new ProblemError('not-found', tell('not-parked', { message, target, tenant }));
  if (row.busy) throw new ProblemError('conflict', tell('message-busy'));
  if (row.envelope.digest !== digest)
    throw new ProblemError('precondition-failed', tell('digest-other'));
  return row;
};

const read = (parts: Parts, edit: Edit): Promise<Row> =>
  parts.database.scoped('*', async (trx) => {
    const row = await lockRow(trx, edit);
    const { tenant, operator, reason, message } = edit;
    await recordAction(trx, {
      tenant,
      operator,
      action: 'read-body',
      reason,
      subject: { message },
    });
    return row;
  });

const opened = ({ directory }: Parts, { envelope, body }: Row): Record<string, unknown> => {
  const { tenant, id } = envelope;
  const keys = directory().tenants.get(tenant)?.bodyKeys;
  try {
    if (!keys) throw new SealBroken(`there are no keys of ${tenant}`);
    return JSON.parse(open(body, keys, `${tenant}|${id}`).toString('utf8')) as Record<
      string,
      unknown
    >;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new ProblemError('gone', tell('body-sealed', { message: id }));
  }
};

/** What was read is masked where it is of persons: a mask that is sent back is no correction. */
const refuseMasks = ({ data, patch }: Edit): void => {
  if (!JSON.stringify([data, patch]).includes(mask)) return;
  throw new ProblemError('bad-request', tell('mask-written', { mask }));
};

const changed = (original: unknown, { data, patch }: Edit): unknown =>
  patch === undefined ? data : mergePatch(original, patch);

const asProblem = (error: unknown): unknown =>
  error instanceof Refusal
    ? new ProblemError(
        'invalid',
        tell('copy-refused', { code: error.code }),
        error.reasons.map(({ pointer, code, text }) => ({
          pointer,
          code,
          told: (language) => refusalText(text, language),
        })),
      )
    : error;

const copied = async (parts: Parts, edit: Edit, row: Row): Promise<Copy> => {
  const event = opened(parts, row);
  const { type, subject } = row.envelope;
  const data = changed(event['data'], edit);
  if (digestOf(type, subject, data) === digestOf(type, subject, event['data']))
    throw new ProblemError('bad-request', tell('edit-nothing'));
  const { directory, publicUrl } = parts;
  const original = { envelope: row.envelope, target: edit.target, event };
  return copyOf(original, data, { directory, publicUrl }).catch((error: unknown) => {
    throw asProblem(error);
  });
};

const write = async (trx: Scoped, edit: Edit, copy: Copy): Promise<string> => {
  const { tenant, target, message, operator, reason } = edit;
  await taking(trx);
  const row = await lockRow(trx, edit);
  const now = new Date();
  const { id } = await trx
    .insertInto('delivery.parked_order')
    .values({
      ...{ tenant, act: 'edit', state: 'running', operator, reason, rate: 1, stop_percent: 100 },
      ...{ started_at: now, counted_from: now },
      selection: JSON.stringify({ tenant, target, messages: [message] }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`
    insert into delivery.parked_item (order_id, row_id, tenant, target, subject, message, type, parked_code, parked_at,
      uncertain, sequence)
    select ${id}, w.id, w.tenant, w.target, w.subject, w.message, ${row.envelope.type},
      ${row.code ?? 'unclassified'}, w.due_at, ${row.uncertain}, w.sequence
    from delivery.waiting w where w.id = ${row.id}`.execute(trx);
  await trx
    .insertInto('delivery.parked_edit')
    .values({
      ...{ order_id: id, tenant, body: copy.body },
      original: JSON.stringify(row.envelope),
      envelope: JSON.stringify(copy.envelope),
    })
    .execute();
  const subject = { order: id, message, target, copy: copy.envelope.id };
  await recordAction(trx, { tenant, operator, action: 'edit', reason, subject });
  return id;
};

/**
 * Orders that a corrected copy takes the place of a parked message; delivery carries it out in one step, so that neither
 * is lost nor both are delivered. The body is opened, which is recorded. Throws `ProblemError`; then nothing has changed.
 */
export const editParked = async (
  parts: Parts,
  edit: Edit,
): Promise<{ readonly order: string; readonly copy: string }> => {
  if ((edit.data === undefined) === (edit.patch === undefined))
    throw new ProblemError('bad-request', tell('edit-either'));
  refuseMasks(edit);
  const copy = await copied(parts, edit, await read(parts, edit));
  const order = await parts.database.scoped('*', (trx) => write(trx, edit, copy));
  return { order, copy: copy.envelope.id };
};
