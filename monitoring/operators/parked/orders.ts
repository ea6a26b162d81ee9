import { sql } from 'kysely';
import type { Locale } from '#oslo/catalogue.js';
import { noteTold } from '#parked/notes.js';
import type { Act, OrderState } from '#parked/orders.js';
import { secondsFor } from '#parked/ramp.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { Reach } from '../../people/person.js';
import { ProblemError } from '../../problems/problem.js';
import { tell } from '../../problems/tell.js';
import { orderWithin } from './order-within.js';
import { readPlan } from './plan.js';
import { readProgress } from './progress.js';

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

const shown = (row: OrderRow, language: Locale) => ({
  id: row.id,
  act: row.act,
  state: row.state,
  tenant: row.tenant,
  selection: row.selection,
  ratePerSecond: row.rate,
  stopAtFailurePercent: row.stop_percent,
  operator: row.operator,
  reason: row.reason,
  note: row.note === null ? null : noteTold(row.note)(language),
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

const rowOf = async (trx: Scoped, id: string, reach: Reach): Promise<OrderRow> => {
  const { rows } = await sql<OrderRow>`
    select o.* from delivery.parked_order o where o.id = ${id} and ${orderWithin(reach)}`.execute(
    trx,
  );
  const [row] = rows;
  if (!row) throw new ProblemError('not-found', tell('order-unknown', { id }));
  return row;
};

/** Whose eyes look at orders. */
interface Looking {
  readonly reach: Reach;
  readonly language: Locale;
}

/** One order: what it would do while it is planned; after that how far it is, and who did what to it, and why. */
export const readOrder = (database: Database, id: string, { reach, language }: Looking) =>
  database.scoped('*', async (trx) => {
    const row = await rowOf(trx, id, reach);
    const progress = (await readProgress(trx, [id]))(id);
    return {
      ...shown(row, language),
      progress,
      secondsLeft: row.state === 'running' ? secondsFor(progress.selected, row.rate) : null,
      plan: row.state === 'planned' ? await readPlan(trx, id, row.rate) : null,
      outcomes: await readOutcomes(trx, id),
      actions: await readActions(trx, id),
    };
  });

/** Which orders to list. */
export interface OrdersWanted {
  readonly act?: Act;
  readonly limit: number;
}

/** The orders as far as they are reached, the latest first. */
export const readOrders = (
  database: Database,
  { act, limit }: OrdersWanted,
  { reach, language }: Looking,
) =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<OrderRow>`
      select o.* from delivery.parked_order o
      where ${orderWithin(reach)} and (${act ?? null}::text is null or o.act = ${act ?? null})
      order by o.created_at desc, o.id limit ${limit}`.execute(trx);
    const progressOf = await readProgress(
      trx,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ ...shown(row, language), progress: progressOf(row.id) }));
  });
