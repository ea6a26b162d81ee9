import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { unread } from '#runtime/riding.js';
import { laneKey, type Line } from '../../line.js';
import type { Order } from './orders.js';

/** A message of an order that may be released now. */
export interface Taken extends Line {
  readonly row_id: string;
  readonly subject: string;
}

/** The lines at which something of the order is left to be released, and whether each is held. */
export const linesLeft = async (
  trx: Scoped,
  { id }: Order,
): Promise<readonly (Line & { readonly held: boolean })[]> => {
  const selected = sql`from delivery.parked_item where order_id = ${id} and state = 'selected'`;
  // From line to line in the index: an order may be large, and this is asked at each of its steps.
  const { rows } = await sql<Line & { held: boolean }>`
    with recursive line as (
      (select tenant, target ${selected} order by tenant, target limit 1)
      union all
      select next.tenant, next.target from line cross join lateral (
        select tenant, target ${selected} and (tenant, target) > (line.tenant, line.target)
        order by tenant, target limit 1) as next)
    select line.tenant, line.target, exists (
      select from delivery.hold h where h.tenant = line.tenant and h.target = line.target) as held
    from line`.execute(trx);
  return rows;
};

/** What is left at lines that are not coupled any more is skipped: nobody could deliver it. */
export const skipLine = async (trx: Scoped, { id }: Order, line: Line): Promise<void> => {
  await sql`
    update delivery.parked_item
    set state = 'skipped', code = 'no-target', ended_at = clock_timestamp()
    where order_id = ${id} and state = 'selected'
      and tenant = ${line.tenant} and target = ${line.target}`.execute(trx);
};

/** The next of an order at these lines, oldest place first; at most `perLine` of a line are on their way at a time. */
export const nextOf = async (
  trx: Scoped,
  { id }: Order,
  { lines, perLine, limit }: { lines: readonly Line[]; perLine: number; limit: number },
): Promise<Taken[]> => {
  const { rows } = await sql<Taken>`
    select next.row_id, next.tenant, next.target, next.subject
    from unnest(${lines.map(({ tenant }) => tenant)}::text[], ${lines.map(({ target }) => target)}::text[])
      as l(tenant, target)
    cross join lateral (
      select count(*)::int as busy from delivery.parked_item b
      where b.order_id = ${id} and b.state = 'released' and b.tenant = l.tenant and b.target = l.target) as way
    cross join lateral (
      select s.row_id, s.tenant, s.target, s.subject from delivery.parked_item s
      where s.order_id = ${id} and s.state = 'selected' and s.tenant = l.tenant and s.target = l.target
      order by s.row_id limit greatest(0, ${perLine} - way.busy)) as next
    order by next.row_id limit ${limit}`.execute(trx);
  return rows;
};

/** Nobody else decides about these lanes until the transaction ends; in one order, so that nobody waits crosswise. */
export const lockLanes = async (trx: Scoped, taken: readonly Taken[]): Promise<void> => {
  const keys = new Set(taken.map((one) => laneKey(one, one.subject)));
  for (const key of [...keys].sort())
    await unread(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`).execute(trx);
};
