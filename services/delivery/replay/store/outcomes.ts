import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { oneByOne } from '../../store/place.js';
import type { Order } from './orders.js';

/**
 * Writes down what became of the messages that were released: delivered, parked again, or ended in another way.
 * What still waits, is held or is in hand stays released.
 */
export const seeOutcomes = async (trx: Scoped, { id }: Order): Promise<void> => {
  await sql`
    update delivery.parked_item i
    set state = seen.state, code = seen.code, ended_at = clock_timestamp()
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
  /** Something is left to be released. */
  readonly left: boolean;
  readonly released: number;
  /** Since it was started, or told to go on, last; only counted where something failed or is failing. */
  readonly delivered: number;
  readonly failed: number;
  /** Released and failing at this moment; they are tried again. */
  readonly retrying: number;
}

/** Asked at each step of an order, which may be large: what is left of it is not counted. */
export const readProgress = async (trx: Scoped, { id }: Order): Promise<Progress> => {
  const { rows } = await sql<Progress>`
    with counted as materialized (
      select
        (select count(*)::int from delivery.parked_item i where i.order_id = o.id and i.state = 'released') as released,
        (select count(*)::int from delivery.parked_item i
          where i.order_id = o.id and i.state = 'failed' and i.ended_at >= o.counted_from) as failed,
        (select count(*)::int from delivery.parked_item i cross join lateral (
            select w.state, w.attempt from delivery.waiting w
            where w.tenant = i.tenant and w.target = i.target and w.message = i.watched ${oneByOne}) as w
          where i.order_id = o.id and i.state = 'released' and w.state = 'waiting' and w.attempt > 0) as retrying,
        o.counted_from
      from delivery.parked_order o where o.id = ${id})
    select c.released, c.failed, c.retrying,
      coalesce((select true from delivery.parked_item i where i.order_id = ${id} and i.state = 'selected'
        order by i.tenant, i.target, i.row_id limit 1), false) as left,
      case when c.failed + c.retrying = 0 then 0 else (
        select count(*)::int from delivery.parked_item i
        where i.order_id = ${id} and i.state = 'delivered' and i.ended_at >= c.counted_from) end as delivered
    from counted c`.execute(trx);
  const [progress] = rows;
  if (!progress) throw new Error('an order that is carried out is not there');
  return progress;
};
