import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';

/** An order of an operator that had the message in it. */
export interface OrderAbout {
  readonly id: string;
  readonly act: 'replay' | 'discard' | 'edit';
  readonly target: string;
  /** What became of this message in it. */
  readonly state: string;
  readonly code: string | null;
  readonly operator: string;
  readonly reason: string;
  readonly at: string;
  readonly endedAt: string | null;
  /** The corrected message that took its place. */
  readonly copy: string | null;
}

interface Row extends Omit<OrderAbout, 'at' | 'endedAt'> {
  readonly at: Date;
  readonly ended_at: Date | null;
}

/** What operators ordered about a message, the oldest first. A plan that nobody started is none. */
export const ordersAbout = async (
  trx: Scoped,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<readonly OrderAbout[]> => {
  const { rows } = await sql<Row>`
    select o.id, o.act, i.target, i.state, i.code, o.operator, o.reason, coalesce(i.released_at, o.started_at) as at,
      i.ended_at, e.envelope ->> 'id' as copy
    from delivery.parked_item i
    join delivery.parked_order o on o.id = i.order_id
    left join delivery.parked_edit e on e.order_id = o.id
    where i.tenant = ${tenant} and i.message = ${id}::uuid and o.started_at is not null
    order by o.started_at, o.id limit 100`.execute(trx);
  return rows.map(({ at, ended_at, ...order }) => ({
    ...order,
    at: at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
  }));
};
