import { sql, type RawBuilder } from 'kysely';
import { listed, type Told } from '#oslo/told.js';
import type { Act, OrderState } from '#parked/orders.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { Reach } from '../../people/person.js';
import { ProblemError } from '../../problems/problem.js';
import { tell } from '../../problems/tell.js';
import { recordAction } from '../action.js';
import { orderWithin } from './order-within.js';
import { inHand, taking } from './in-hand.js';
import { inSteps } from './in-steps.js';
import type { verbs } from './order.dto.js';

type Verb = (typeof verbs)[number];

interface Turn {
  readonly from: readonly OrderState[];
  readonly to: OrderState;
}

const turns: Readonly<Record<Verb, Turn>> = {
  start: { from: ['planned'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'stopped'], to: 'running' },
  cancel: { from: ['planned', 'running', 'paused', 'stopped'], to: 'cancelled' },
};

interface Item {
  readonly row_id: string;
}

/** Some of what is selected by the order at a time; always in one order, so that two of them do not wait crosswise. */
const inItems = (
  trx: Scoped,
  order: string,
  step: (rows: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<void> => {
  const selected = sql<Item>`
    select row_id from delivery.parked_item where order_id = ${order} and state = 'selected' order by row_id`;
  return inSteps(trx, selected, async (items) => {
    const rows = items.map(({ row_id }) => row_id);
    await step(sql`unnest(${rows}::bigint[]) as r(row_id)`).execute(trx);
  });
};

/** What is in the hands of another order is left to that. In one statement: as long as it lasts no other order takes anything. */
const leaveToOthers = async (trx: Scoped, order: string): Promise<void> => {
  await taking(trx);
  await sql`
    update delivery.parked_item i
    set state = 'skipped', code = 'in-another-order', ended_at = clock_timestamp()
    where i.order_id = ${order} and exists (
      select from delivery.parked_item o
      where o.row_id = i.row_id and o.order_id <> ${order} and ${inHand('o')})`.execute(trx);
};

const letGo = (trx: Scoped, order: string): Promise<void> =>
  inItems(
    trx,
    order,
    (rows) => sql`
      update delivery.parked_item i
      set state = 'skipped', code = 'cancelled', ended_at = clock_timestamp()
      from ${rows} where i.order_id = ${order} and i.row_id = r.row_id`,
  );

const effects: Partial<Readonly<Record<Verb, (trx: Scoped, order: string) => Promise<void>>>> = {
  start: leaveToOthers,
  cancel: letGo,
};

interface Turned {
  readonly tenant: string;
  readonly act: Act;
}

const stateTold = (state: OrderState): Told => tell(`state.${state}`);

const refuse = async (trx: Scoped, { id, verb, reach }: Steering): Promise<never> => {
  const { rows } = await sql<{ state: OrderState; operator: string | null }>`
    select o.state, (
      select a.operator from monitoring.operator_action a
      where a.subject ? 'order' and a.subject ->> 'order' = ${id} order by a.id desc limit 1) as operator
    from delivery.parked_order o where o.id = ${id} and ${orderWithin(reach)}`.execute(trx);
  const [order] = rows;
  if (!order) throw new ProblemError('not-found', tell('order-unknown', { id }));
  const told = {
    verb: tell(`verb.${verb}`),
    from: listed(turns[verb].from.map(stateTold), 'disjunction'),
    state: stateTold(order.state),
  };
  const { operator } = order;
  throw new ProblemError(
    'conflict',
    operator === null ? tell('order-turn', told) : tell('order-turn-after', { ...told, operator }),
  );
};

export interface Steering {
  readonly id: string;
  readonly reach: Reach;
  readonly verb: Verb;
  readonly operator: string;
  readonly reason: string;
}

const steer = async (trx: Scoped, steering: Steering): Promise<void> => {
  const { id, verb, reach, operator, reason } = steering;
  const { from, to } = turns[verb];
  const runs = to === 'running';
  const { rows } = await sql<Turned>`
    update delivery.parked_order o
    set state = ${to}, note = null,
      started_at = case when ${runs} then coalesce(started_at, clock_timestamp()) else started_at end,
      counted_from = case when ${runs} then clock_timestamp() else counted_from end,
      ended_at = case when ${to} = 'cancelled' then clock_timestamp() end
    where o.id = ${id} and o.state = any(${from}::text[]) and ${orderWithin(reach)}
    returning o.tenant, o.act`.execute(trx);
  const [turned] = rows;
  if (!turned) return refuse(trx, steering);
  await effects[verb]?.(trx, id);
  await recordAction(trx, {
    tenant: turned.tenant,
    operator,
    action: `${verb}-${turned.act}`,
    reason,
    subject: { order: id },
  });
};

/** Starts, pauses, resumes or cancels an order: recorded. Throws `ProblemError`. */
export const steerOrder = (database: Database, steering: Steering): Promise<void> =>
  database.scoped('*', (trx) => steer(trx, steering));
