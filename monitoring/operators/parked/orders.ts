import { sql } from 'kysely';
import type { Act, OrderState } from '#parked/orders.js';
import { secondsFor } from '#parked/ramp.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { Reach } from '../../people/person.js';
import { ProblemError } from '../../problems/problem.js';
import { orderWithin } from './order-within.js';
import { readPlan } from './plan.js';

export interface OrderRow {
  readonly id: string;
  readonly tenant: string;
  readonly act: Act;
  readonly state: OrderState;
  readonly selection: Readonly<Record<string, unknown>>;
  readonly rate: number;
  readonly stop_percent: number;
  readonly operator: string;
  readonly reason: string;
  readonly note: string | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

/** Counts of the messages of an order by what became of them; `retrying` of those released fail at this moment. */
type Progress = Readonly<
  Record<
    | 'messages'
    | 'selected'
    | 'released'
    | 'retrying'
    | 'delivered'
    | 'discarded'
    | 'failed'
    | 'skipped',
    number
  >
>;

const states = ['selected', 'released', 'delivered', 'discarded', 'failed', 'skipped'] as const;

const readProgress = async (trx: Scoped, order: string): Promise<Progress> => {
  const counted = states.map(
    (state) => sql`(count(*) filter (where i.state = ${state}))::int as ${sql.ref(state)}`,
  );
  const { rows } = await sql<Progress>`
    select count(*)::int as messages, ${sql.join(counted)},
      (count(*) filter (where i.state = 'released' and exists (
        select from delivery.waiting w where w.tenant = i.tenant and w.target = i.target and w.message = i.watched
          and w.state = 'waiting' and w.attempt > 0)))::int as retrying
    from delivery.parked_item i where i.order_id = ${order}`.execute(trx);
  const [progress] = rows;
  if (!progress) throw new Error('an aggregate gave no row');
  return progress;
};

const shown = (row: OrderRow) => ({
  id: row.id,
  act: row.act,
  state: row.state,
  tenant: row.tenant,
  selection: row.selection,
  ratePerSecond: row.rate,
  stopAtFailurePercent: row.stop_percent,
  operator: row.operator,
  reason: row.reason,
  note: row.note,
  createdAt: row.created_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
});

/** What became of the messages of an order, by line; `code` says how they failed or why they were skipped. */
const readOutcomes = async (trx: Scoped, order: string) => {
  const { rows } = await sql<{
    tenant: string;
    target: string;
    state: string;
    code: string | null;
    messages: number;
  }>`
    select tenant, target, state, code, count(*)::int as messages from delivery.parked_item
    where order_id = ${order} and state <> 'selected'
    group by 1, 2, 3, 4 order by 5 desc, 1, 2, 3, 4 limit 500`.execute(trx);
  return rows;
};

const readActions = async (trx: Scoped, order: string) => {
  const { rows } = await sql<{ at: Date; operator: string; action: string; reason: string }>`
    select at, operator, action, reason from monitoring.operator_action
    where subject ? 'order' and subject ->> 'order' = ${order} order by id`.execute(trx);
  return rows.map(({ at, ...action }) => ({ at: at.toISOString(), ...action }));
};

/** Which order, as far as whoever asks can see it. */
export interface OrderWanted {
  readonly act: Act;
  readonly id: string;
  readonly reach: Reach;
}

const rowOf = async (trx: Scoped, { act, id, reach }: OrderWanted): Promise<OrderRow> => {
  const { rows } = await sql<OrderRow>`
    select o.* from delivery.parked_order o where o.id = ${id} and o.act = ${act} and ${orderWithin(reach)}`.execute(
    trx,
  );
  const [row] = rows;
  if (!row) throw new ProblemError('not-found', `There is no ${act} ${id}`);
  return row;
};

/** One order: what it would do while it is planned; after that how far it is, and who did what to it, and why. */
export const readOrder = (database: Database, wanted: OrderWanted) =>
  database.scoped('*', async (trx) => {
    const row = await rowOf(trx, wanted);
    const { id } = row;
    const progress = await readProgress(trx, id);
    return {
      ...shown(row),
      progress,
      secondsLeft: row.state === 'running' ? secondsFor(progress.selected, row.rate) : null,
      plan: row.state === 'planned' ? await readPlan(trx, id, row.rate) : null,
      outcomes: await readOutcomes(trx, id),
      actions: await readActions(trx, id),
    };
  });

const mostListed = 100;

/** The orders of a kind, the latest first. */
export const readOrders = (database: Database, act: Act, reach: Reach) =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<OrderRow>`
      select o.* from delivery.parked_order o where o.act = ${act} and ${orderWithin(reach)}
      order by o.created_at desc, o.id limit ${mostListed}`.execute(trx);
    const orders = [];
    for (const row of rows)
      orders.push({ ...shown(row), progress: await readProgress(trx, row.id) });
    return orders;
  });
