import { sql } from 'kysely';
import { secondsFor } from '#parked/ramp.js';
import type { Scoped } from '#runtime/database.js';
import { inOtherHands } from './in-hand.js';

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

interface Apart {
  readonly subjects: number;
  readonly inOtherOrders: number;
}

/** What no sum over lines tells. Subjects are counted by a hash: to sort so many texts takes longer than all the rest. */
const readApart = async (trx: Scoped, order: string): Promise<Apart> => {
  const { rows } = await sql<Apart>`
    select (
        select count(distinct hashtextextended(tenant || ' ' || target || ' ' || subject, 0))::int
        from delivery.parked_item where order_id = ${order}) as subjects, (
        select count(*)::int from ${inOtherHands(order)} and exists (
          select from delivery.parked_item i where i.row_id = o.row_id and i.order_id = ${order})) as "inOtherOrders"`.execute(
    trx,
  );
  const [apart] = rows;
  if (!apart) throw new Error('an aggregate gave no row');
  return apart;
};

interface Line extends Fate {
  readonly uncertain: number;
  readonly oldest: Date;
  readonly newest: Date;
}

/** A discard needs no system; a replay needs its target, and that it moves. */
const readLines = async (trx: Scoped, order: string): Promise<Line[]> => {
  const { rows } = await sql<Line>`
    with item as (
      select tenant, target, parked_code as code, type, count(*)::int as messages,
        (count(*) filter (where uncertain))::int as uncertain, min(parked_at) as oldest, max(parked_at) as newest
      from delivery.parked_item where order_id = ${order} group by 1, 2, 3, 4
    ), line as (
      select i.*, coalesce(c.connector, i.target) as connector,
        case when o.act = 'discard' then null when c.name is null then 'no-target'
          when not c.enabled then 'switched-off' when h.tenant is not null then 'held'
          when not exists (select from tenants.route r
            where r.tenant = i.tenant and r.message_type = i.type and i.target = any(r.targets)) then 'no-route'
        end as why
      from item i
      join delivery.parked_order o on o.id = ${order}
      left join tenants.connector c on c.tenant = i.tenant and c.name = i.target
      left join delivery.hold h on h.tenant = i.tenant and h.target = i.target
    )
    select *, case when why = 'no-target' then 'skipped' when why in ('switched-off', 'held') then 'waits' else 'goes' end as fate
    from line order by messages desc, tenant, target, code, type`.execute(trx);
  return rows;
};

const fateOf = ({ tenant, target, connector, code, type, messages, fate, why }: Line): Fate => ({
  ...{ tenant, target, connector, code, type, messages, fate, why },
});

const sumOf = <T>(all: readonly T[], amount: (one: T) => number): number =>
  all.reduce((sum, one) => sum + amount(one), 0);

/** Tells what an order that was planned would do; nothing changes. */
export const readPlan = async (trx: Scoped, order: string, rate: number): Promise<Plan> => {
  const lines = await readLines(trx, order);
  const times = lines.flatMap(({ oldest, newest }) => [oldest.getTime(), newest.getTime()]);
  const messagesOf = (some: readonly Line[]): number => sumOf(some, ({ messages }) => messages);
  return {
    ...(await readApart(trx, order)),
    messages: messagesOf(lines),
    uncertain: sumOf(lines, ({ uncertain }) => uncertain),
    conflicts: messagesOf(lines.filter(({ code }) => code === 'conflict')),
    oldestAt: new Date(Math.min(...times)).toISOString(),
    newestAt: new Date(Math.max(...times)).toISOString(),
    estimatedSeconds: secondsFor(messagesOf(lines.filter(({ fate }) => fate === 'goes')), rate),
    lines: lines.map(fateOf),
  };
};
