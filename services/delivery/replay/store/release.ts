import { sql, type RawBuilder } from 'kysely';
import type { Act } from '#parked/orders.js';
import type { Scoped } from '#runtime/database.js';
import { interval } from '../../store/place.js';
import type { Order } from './orders.js';
import type { Taken } from './take.js';

/** The lease of a row that an order has in hand is the order's own id: whoever carries it out lets go of it. */
const leased = (id: string, leaseMs: number) =>
  sql`leased_by = ${id}, leased_until = clock_timestamp() + ${interval(leaseMs)}`;

/** Due now, as if it had never been tried: with all its attempts before it, at its old place in the lane. */
const dueAnew = sql`state = 'waiting', due_at = clock_timestamp(), attempt = 0, first_failed_at = null, code = null,
  detail = null`;

type Changes = (leaseMs: number, id: string) => RawBuilder<unknown>;

const changes: Readonly<Record<Act, Changes>> = {
  replay: (leaseMs, id) => sql`${dueAnew}, sequence = w.sequence + 1, ${leased(id, leaseMs)}`,
  // It stays parked until it was told that it is discarded.
  discard: (leaseMs, id) => leased(id, leaseMs),
  edit: (leaseMs, id) => sql`${dueAnew}, sequence = 0, message = (edit.envelope ->> 'id')::uuid,
    envelope = edit.envelope, body = edit.body, ${leased(id, leaseMs)}`,
};

/** Nothing must have come under the id of a copy before. */
const unknownCopy = sql`and not exists (
    select from delivery.waiting o where o.tenant = w.tenant and o.target = w.target
      and o.message = (edit.envelope ->> 'id')::uuid)
  and not exists (
    select from delivery.effect o where o.tenant = w.tenant and o.target = w.target
      and o.message = (edit.envelope ->> 'id')::uuid)`;

/** Where the row stands as it was selected, and nobody has it in hand. */
const untouched = sql`w.id = i.row_id and w.message = i.message and w.state = 'parked' and w.sequence = i.sequence`;

/** What was discarded, or gave its place to a copy, stays so, whoever sends it again. */
const endOriginals = async (trx: Scoped, { id }: Order, rows: readonly string[]): Promise<void> => {
  await sql`
    insert into delivery.effect as e (tenant, target, message, digest, state, sequence)
    select i.tenant, i.target, i.message, coalesce(coalesce(d.original, w.envelope) ->> 'digest', ''), 'discarded', i.sequence + 1
    from delivery.parked_item i
    join delivery.waiting w on w.id = i.row_id
    left join delivery.parked_edit d on d.order_id = i.order_id
    where i.order_id = ${id} and i.row_id = any(${rows}::bigint[])
    on conflict (tenant, target, message) do update
      set state = 'discarded', sequence = excluded.sequence, busy_until = null, answer = null, at = now()`.execute(
    trx,
  );
};

/** What has moved since it was selected is left alone, as is what a copy cannot replace: its id is taken. */
const skipMoved = async (
  trx: Scoped,
  { id, act }: Order,
  rows: readonly string[],
): Promise<void> => {
  await sql`
    update delivery.parked_item i
    set state = 'skipped', ended_at = clock_timestamp(),
      code = case when exists (select from delivery.waiting w where ${untouched}) then 'conflict' else 'moved' end
    where i.order_id = ${id} and i.row_id = any(${rows}::bigint[]) and i.state = 'selected'
      and not exists (
        select from delivery.waiting w
        where ${untouched} and (${act !== 'edit'} or w.leased_until >= clock_timestamp()))`.execute(
    trx,
  );
};

/**
 * Does with these what the order says, in the transaction of the caller, which holds their lanes; what another has in
 * hand at this moment stays selected. Answers how many were released.
 */
export const releaseItems = async (
  trx: Scoped,
  order: Order,
  taken: readonly Taken[],
  leaseMs: number,
): Promise<number> => {
  const { id, act } = order;
  const wanted = taken.map(({ row_id }) => row_id);
  const edited = act === 'edit';
  const { rows } = await sql<{ id: string; sequence: number; message: string }>`
    update delivery.waiting w set ${changes[act](leaseMs, id)}
    from delivery.parked_item i ${edited ? sql`join delivery.parked_edit edit on edit.order_id = i.order_id` : sql``}
    where i.order_id = ${id} and i.row_id = any(${wanted}::bigint[]) and i.state = 'selected' and ${untouched}
      and (w.leased_until is null or w.leased_until < clock_timestamp()) ${edited ? unknownCopy : sql``}
    returning w.id, w.sequence, w.message`.execute(trx);
  const released = rows.map((row) => row.id);
  await sql`
    update delivery.parked_item i
    set state = 'released', released_at = clock_timestamp(), released_sequence = r.sequence, watched = r.message
    from unnest(${released}::bigint[], ${rows.map(({ sequence }) => sequence)}::int[],
      ${rows.map(({ message }) => message)}::uuid[]) as r(row_id, sequence, message)
    where i.order_id = ${id} and i.row_id = r.row_id`.execute(trx);
  if (act !== 'replay') await endOriginals(trx, order, released);
  await skipMoved(trx, order, wanted);
  return released.length;
};
