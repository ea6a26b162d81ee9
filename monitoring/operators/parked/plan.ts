import { sql } from 'kysely';
import { secondsFor } from '#parked/ramp.js';
import type { Scoped } from '#runtime/database.js';
import { inHand } from './in-hand.js';

/** What would happen to messages of an order, and why: `goes`, `waits` until their line moves, `skipped`. */
interface Fate {
  readonly tenant: string;
  readonly target: string;
  readonly connector: string;
  readonly code: string;
  readonly type: string;
  readonly messages: number;
  readonly fate: 'goes' | 'waits' | 'skipped';
  readonly why: 'no-target' | 'switched-off' | 'held' | 'no-route' | null;
}

/** What an order would do, were it started now. */
export interface Plan {
  readonly messages: number;
  /** Messages about the same one stay in order. */
  readonly subjects: number;
  readonly oldestAt: string;
  readonly newestAt: string;
  /** May have acted already: their systems are asked first, where they can be. */
  readonly uncertain: number;
  /** Other content under a known id: delivered, it comes beside the first. */
  readonly conflicts: number;
  /** In the hands of another order; skipped unless that has ended before the start. */
  readonly inOtherOrders: number;
  /** Where nothing stands in the way. */
  readonly estimatedSeconds: number;
  readonly lines: readonly Fate[];
}

interface Total {
  readonly messages: number;
  readonly subjects: number;
  readonly oldest: Date;
  readonly newest: Date;
  readonly uncertain: number;
  readonly conflicts: number;
  readonly inOtherOrders: number;
}

const readTotal = async (trx: Scoped, order: string): Promise<Total> => {
  const { rows } = await sql<Total>`
    select count(*)::int as messages, (
        select count(*)::int from (
          select distinct tenant, target, subject from delivery.parked_item where order_id = ${order}) s) as subjects,
      min(parked_at) as oldest, max(parked_at) as newest,
      (count(*) filter (where uncertain))::int as uncertain,
      (count(*) filter (where parked_code = 'conflict'))::int as conflicts,
      (count(*) filter (where exists (
        select from delivery.parked_item o where o.row_id = i.row_id and o.order_id <> i.order_id and ${inHand('o')})))::int as "inOtherOrders"
    from delivery.parked_item i where order_id = ${order}`.execute(trx);
  const [total] = rows;
  if (!total) throw new Error('an aggregate gave no row');
  return total;
};

/** A discard needs no system; a replay needs its target, and that it moves. */
const readFates = async (trx: Scoped, order: string): Promise<Fate[]> => {
  const { rows } = await sql<Fate>`
    with line as (
      select i.tenant, i.target, coalesce(c.connector, i.target) as connector, i.parked_code as code, i.type,
        count(*)::int as messages,
        case when bool_and(o.act = 'discard') then null when bool_and(c.name is null) then 'no-target'
          when bool_and(not c.enabled) then 'switched-off' when bool_and(h.tenant is not null) then 'held'
          when not exists (select from tenants.route r
            where r.tenant = i.tenant and r.message_type = i.type and i.target = any(r.targets)) then 'no-route'
        end as why
      from delivery.parked_item i
      join delivery.parked_order o on o.id = i.order_id
      left join tenants.connector c on c.tenant = i.tenant and c.name = i.target
      left join delivery.hold h on h.tenant = i.tenant and h.target = i.target
      where i.order_id = ${order} group by i.tenant, i.target, c.connector, i.parked_code, i.type
    )
    select *, case when why = 'no-target' then 'skipped' when why in ('switched-off', 'held') then 'waits' else 'goes' end as fate
    from line order by messages desc, tenant, target, code, type`.execute(trx);
  return rows;
};

/** Tells what an order that was planned would do; nothing changes. */
export const readPlan = async (trx: Scoped, order: string, rate: number): Promise<Plan> => {
  const { oldest, newest, ...total } = await readTotal(trx, order);
  const lines = await readFates(trx, order);
  const going = lines
    .filter(({ fate }) => fate === 'goes')
    .reduce((sum, { messages }) => sum + messages, 0);
  return {
    ...total,
    oldestAt: oldest.toISOString(),
    newestAt: newest.toISOString(),
    estimatedSeconds: secondsFor(going, rate),
    lines,
  };
};
