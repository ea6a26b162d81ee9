import { sql } from 'kysely';
import { validate as isUuid } from 'uuid';
import type { Json } from '#kit/message.js';
import type { Reference, Renamed } from '#kit/operation.js';
import type { Scoped } from '#runtime/database.js';
import { unread } from '#runtime/riding.js';
import { tableOf } from '#runtime/rows.js';
import type { Line } from '../line.js';
import { ofEffect, type Place } from './place.js';

/** What is remembered of a thing in the external system. */
export interface Remembered {
  readonly subject: string;
  /** Processing activity of the message that taught it. */
  readonly verwerking: string | null;
  /** Undefined where the connector never said one. */
  readonly state: Json | undefined;
}

const textOf = (state: Json | undefined): string | null =>
  state === undefined ? null : JSON.stringify(state);

/** Locked by whoever looks at a thing or has changed it: they take turns until their transaction ends, and neither overwrites what it has not seen. */
export const turnOf = ({ tenant, target }: Line, externalId: string): string =>
  `reference/${tenant}/${target}/${externalId}`;

const takeTurn = async (trx: Scoped, line: Line, externalId: string): Promise<void> => {
  const lock = sql`select pg_advisory_xact_lock(hashtextextended(${turnOf(line, externalId)}, 0))`;
  await unread(lock).execute(trx);
};

/** What teaches a reference. */
export interface Taught {
  readonly subject: string;
  readonly verwerking: string | null;
  /** What was remembered when this began, for a reference that yields to what was remembered since. */
  readonly before?: Json | undefined;
}

/** A reference, and what teaches it. */
export interface Lesson {
  readonly line: Line;
  readonly reference: Reference;
  readonly taught: Taught;
}

const lessonTypes = {
  ...{ tenant: 'text', target: 'text', external_id: 'text', subject: 'text', state: 'jsonb' },
  ...{ verwerking: 'text', yields: 'boolean', before: 'jsonb' },
};

const lessonRow = ({ line, reference, taught }: Lesson) => {
  const { externalId, state, yields = false } = reference;
  const { before, ...rest } = taught;
  const remembered = { state: textOf(state), before: textOf(before) };
  return { ...line, ...rest, ...remembered, external_id: externalId, yields };
};

/** Writes what is remembered of each thing; the caller has its turn at them, and none comes twice. */
export const writeReferences = (lessons: readonly Lesson[]) =>
  sql`
    insert into delivery.reference as r (tenant, target, external_id, subject, state, verwerking)
    select n.tenant, n.target, n.external_id, n.subject,
      case when n.yields and before.state is distinct from n.before then before.state else coalesce(n.state, before.state) end,
      coalesce(before.verwerking, n.verwerking)
    from ${tableOf('n', lessonTypes, lessons.map(lessonRow))}
    left join delivery.reference before
      on before.tenant = n.tenant and before.target = n.target and before.external_id = n.external_id
    on conflict (tenant, target, external_id) do update
      set subject = excluded.subject, state = excluded.state, verwerking = excluded.verwerking, updated_at = now()`;

/** Remembers under which id the subject is known there, and in which state our update left it. */
export const remember = async (
  trx: Scoped,
  line: Line,
  reference: Reference,
  taught: Taught,
): Promise<void> => {
  await takeTurn(trx, line, reference.externalId);
  await unread(writeReferences([{ line, reference, taught }])).execute(trx);
};

/** From here on what is remembered under the former id is remembered under the new one as well. */
export const rename = async (
  trx: Scoped,
  { tenant, target }: Line,
  { formerId, externalId }: Renamed,
): Promise<void> => {
  await unread(sql`
    insert into delivery.reference (tenant, target, external_id, subject, state, verwerking)
    select tenant, target, ${externalId}, subject, state, verwerking from delivery.reference
    where tenant = ${tenant} and target = ${target} and external_id = ${formerId}
    on conflict do nothing`).execute(trx);
};

/** An item of a source: its id there, and the message of ours that made its thing, where it says which. */
export interface Named {
  readonly externalId: string;
  /** The id that it had there before, where it has another now. */
  readonly formerId: string | null;
  readonly message: string | null;
}

/**
 * Takes its turn and reads what is remembered. A thing that an attempt made whose end is not known yet is remembered by
 * the message of that attempt, its state by nobody.
 */
export const recall = async (
  trx: Scoped,
  line: Line,
  { externalId, formerId, message }: Named,
): Promise<Remembered | null> => {
  await takeTurn(trx, line, externalId);
  const { rows } = await sql<{ subject: string; verwerking: string | null; state: Json }>`
    select subject, verwerking, state from delivery.reference
    where tenant = ${line.tenant} and target = ${line.target} and external_id in (${externalId}, ${formerId})
    order by (external_id = ${externalId}) desc limit 1`.execute(trx);
  const [found] = rows;
  if (found) return { ...found, state: found.state ?? undefined };
  return message !== null && isUuid(message) ? taughtBy(trx, { line, message }) : null;
};

const taughtBy = async (trx: Scoped, place: Place): Promise<Remembered | null> => {
  const { rows } = await sql<{ subject: string; verwerking: string | null }>`
    select subject, verwerking from delivery.effect
    where ${ofEffect(place)} and subject is not null`.execute(trx);
  const [found] = rows;
  return found ? { ...found, state: undefined } : null;
};
