import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Order } from './orders.js';

/**
 * Writes down what became of the messages that were released: delivered, parked again, or ended in another way.
 * What still waits, is held or is in hand stays released.
 */
export const seeOutcomes = async (trx: Scoped, { id }: Order): Promise<void> => {
  await sql`
    update delivery.parked_item i
    set state = seen.state, code = seen.code, active = false, ended_at = clock_timestamp()
    from (
      select r.row_id,
        case when e.state = 'done' then 'delivered' when w.id is null then 'skipped' else 'failed' end as state,
        case when e.state = 'done' then null when w.id is null then 'gone' else w.code end as code
      from delivery.parked_item r
      left join delivery.waiting w on w.tenant = r.tenant and w.target = r.target and w.message = r.watched
      left join delivery.effect e on e.tenant = r.tenant and e.target = r.target and e.message = r.watched
      where r.order_id = ${id} and r.state = 'released' and r.told and (
        e.state = 'done' or w.id is null or (w.state = 'parked' and w.sequence > r.released_sequence))
    ) as seen
    where i.order_id = ${id} and i.row_id = seen.row_id`.execute(trx);
};

/** How far an order is. */
export interface Progress {
  readonly selected: number;
  readonly released: number;
  /** Since it was started, or told to go on, last. */
  readonly delivered: number;
  readonly failed: number;
  /** Released and failing at this moment; they are tried again. */
  readonly retrying: number;
}

export const readProgress = async (trx: Scoped, { id }: Order): Promise<Progress> => {
  const { rows } = await sql<Progress>`
    select
      (count(*) filter (where i.state = 'selected'))::int as selected,
      (count(*) filter (where i.state = 'released'))::int as released,
      (count(*) filter (where i.state = 'delivered' and i.ended_at >= o.counted_from))::int as delivered,
      (count(*) filter (where i.state = 'failed' and i.ended_at >= o.counted_from))::int as failed,
      (count(*) filter (where i.state = 'released' and exists (
        select from delivery.waiting w
        where w.tenant = i.tenant and w.target = i.target and w.message = i.watched
          and w.state = 'waiting' and w.attempt > 0)))::int as retrying
    from delivery.parked_order o join delivery.parked_item i on i.order_id = o.id
    where o.id = ${id}`.execute(trx);
  const [progress] = rows;
  if (!progress) throw new Error('an aggregate gave no row');
  return progress;
};
