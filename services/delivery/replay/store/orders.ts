import { sql } from 'kysely';
import type { Act, OrderState } from '#parked/orders.js';
import type { Scoped } from '#runtime/database.js';
import { interval } from '../../store/place.js';

/** An order as the process that carries it out sees it. */
export interface Order {
  readonly id: string;
  readonly act: Act;
  readonly state: OrderState;
  readonly rate: number;
  readonly stop_percent: number;
}

/** Takes the orders that have something to be done, or keeps them: each is in the hands of one process. */
export const leaseOrders = async (trx: Scoped, by: string, leaseMs: number): Promise<Order[]> => {
  const { rows } = await sql<Order>`
    update delivery.parked_order o
    set leased_by = ${by}, leased_until = clock_timestamp() + ${interval(leaseMs)}
    where o.id in (
      select c.id from delivery.parked_order c
      where (c.state = 'running' or (c.state in ('paused', 'stopped', 'cancelled') and exists (
          select from delivery.parked_item i where i.order_id = c.id and i.state = 'released')))
        and (c.leased_by = ${by} or c.leased_until is null or c.leased_until < clock_timestamp())
      for update skip locked)
    returning o.id, o.act, o.state, o.rate, o.stop_percent`.execute(trx);
  return rows;
};

/**
 * Whether this process may go on with the order: not while somebody steers it. A pause or another leader waits until the
 * transaction has ended.
 */
export const stillRuns = async (trx: Scoped, order: Order, by: string): Promise<boolean> => {
  const { rows } = await sql`
    select from delivery.parked_order
    where id = ${order.id} and state = 'running' and leased_by = ${by} and leased_until > clock_timestamp()
    for update skip locked`.execute(trx);
  return rows.length > 0;
};

/** Ends or stops an order that runs; `note` says why. */
export const endOrder = async (
  trx: Scoped,
  order: Order,
  state: 'done' | 'stopped',
  note: string | null,
): Promise<void> => {
  await sql`
    update delivery.parked_order
    set state = ${state}, note = ${note}, ended_at = case when ${state} = 'done' then clock_timestamp() end
    where id = ${order.id} and state = 'running'`.execute(trx);
};

/** Tells the operator why an order that runs does not get on; null where it does. */
export const noteOrder = async (trx: Scoped, order: Order, note: string | null): Promise<void> => {
  await sql`
    update delivery.parked_order set note = ${note}
    where id = ${order.id} and state = 'running' and note is distinct from ${note}`.execute(trx);
};
