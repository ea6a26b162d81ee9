import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';

const states = ['selected', 'released', 'delivered', 'discarded', 'failed', 'skipped'] as const;

/** Counts of the messages of an order by what became of them; `retrying` of those released fail at this moment. */
export type Progress = Readonly<Record<'messages' | 'retrying' | (typeof states)[number], number>>;

interface Row extends Progress {
  readonly id: string;
}

const none: Progress = {
  messages: 0,
  retrying: 0,
  selected: 0,
  released: 0,
  delivered: 0,
  discarded: 0,
  failed: 0,
  skipped: 0,
};

/** How far each of these orders is, in one statement. */
export const readProgress = async (
  trx: Scoped,
  orders: readonly string[],
): Promise<(order: string) => Progress> => {
  const counted = states.map(
    (state) => sql`(count(*) filter (where i.state = ${state}))::int as ${sql.ref(state)}`,
  );
  const { rows } = await sql<Row>`
    select i.order_id as id, count(*)::int as messages, ${sql.join(counted)},
      (count(*) filter (where i.state = 'released' and exists (
        select from delivery.waiting w where w.tenant = i.tenant and w.target = i.target and w.message = i.watched
          and w.state = 'waiting' and w.attempt > 0)))::int as retrying
    from delivery.parked_item i where i.order_id = any(${[...orders]}::uuid[]) group by i.order_id`.execute(
    trx,
  );
  const known = new Map(rows.map(({ id, ...progress }) => [id, progress]));
  return (order) => known.get(order) ?? none;
};
