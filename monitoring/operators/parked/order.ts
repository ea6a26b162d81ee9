import { sql } from 'kysely';
import type { Act } from '#parked/orders.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { Reach } from '../../people/person.js';
import { ProblemError } from '../../problems/problem.js';
import { tell } from '../../problems/tell.js';
import { recordAction } from '../action.js';
import { inSteps } from './in-steps.js';
import {
  codeOfRow,
  conditionsOf,
  cut,
  matching,
  parkedRows,
  typeOfRow,
  type Selection,
} from './matching.js';

/** What an operator orders, before it has begun. */
export interface Wish {
  readonly act: Exclude<Act, 'edit'>;
  readonly selection: Selection;
  /** Of the operator: what lies outside is not selected. */
  readonly reach: Reach;
  readonly ratePerSecond?: number | undefined;
  readonly stopAtFailurePercent?: number | undefined;
  readonly operator: string;
  readonly reason: string;
}

/** Where the operator says nothing. A discard asks no system: only the bus itself has to keep up. */
const paces = {
  replay: { ratePerSecond: 10, stopAtFailurePercent: 20 },
  discard: { ratePerSecond: 100, stopAtFailurePercent: 100 },
} as const;

/** Whose order it is: of one tenant, or of several. */
const tenantOf = ({ selection, reach }: Wish): string =>
  selection.tenant ?? (reach?.size === 1 ? [...reach][0] : undefined) ?? '*';

const insertOrder = async (trx: Scoped, wish: Wish): Promise<string> => {
  const { id } = await trx
    .insertInto('delivery.parked_order')
    .values({
      tenant: tenantOf(wish),
      act: wish.act,
      selection: JSON.stringify(wish.selection),
      rate: wish.ratePerSecond ?? paces[wish.act].ratePerSecond,
      stop_percent: wish.stopAtFailurePercent ?? paces[wish.act].stopAtFailurePercent,
      operator: wish.operator,
      reason: wish.reason,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

interface Selected {
  readonly id: string;
  readonly sequence: number;
}

const writeDown = async (
  trx: Scoped,
  order: string,
  selected: readonly Selected[],
): Promise<number> => {
  const { numAffectedRows } = await sql`
    insert into delivery.parked_item (order_id, row_id, tenant, target, subject, message, type, parked_code, parked_at,
      uncertain, sequence)
    select ${order}, w.id, w.tenant, w.target, w.subject, w.message, ${typeOfRow}, ${codeOfRow}, w.due_at,
      coalesce((select true from delivery.effect e where e.tenant = w.tenant and e.target = w.target
        and e.message = w.message and e.state = 'started' limit 1), false),
      w.sequence
    from unnest(${selected.map(({ id }) => id)}::bigint[], ${selected.map(({ sequence }) => sequence)}::int[])
      as selected(id, sequence)
    join delivery.waiting w on w.id = selected.id and w.sequence = selected.sequence
    where w.state = 'parked'`.execute(trx);
  return Number(numAffectedRows ?? 0);
};

/** The selection is what is parked at this moment; what is parked, or has moved, while it is written down is not in it. */
const freeze = async (trx: Scoped, order: string, selection: Selection): Promise<number> => {
  const rows = sql<Selected>`select w.id, w.sequence from ${parkedRows} where ${matching(selection)}`;
  let messages = 0;
  await inSteps(trx, rows, async (selected) => {
    messages += await writeDown(trx, order, selected);
  });
  return messages;
};

/** Below it, reading all of an order costs no more than finding some of it. */
const largeOrder = 250;

/** Delivery finds the items of a large order by plans for a table as large as this makes it. */
const tellPlanner = (trx: Scoped): Promise<unknown> =>
  sql`select delivery.analyze_parked_item()`.execute(trx);

/** Freezes a selection of what is parked; nothing happens to it before the start. Throws `ProblemError`. */
export const planOrder = (database: Database, wish: Wish): Promise<string> => {
  if (conditionsOf(wish.selection).length === 0)
    throw new ProblemError('bad-request', tell('selection-empty'));
  return database.scoped('*', async (trx) => {
    const order = await insertOrder(trx, wish);
    const messages = await freeze(trx, order, cut(wish.selection, wish.reach));
    if (messages === 0) throw new ProblemError('not-found', tell('selection-nothing'));
    if (messages >= largeOrder) await tellPlanner(trx);
    await recordAction(trx, {
      tenant: tenantOf(wish),
      operator: wish.operator,
      action: `plan-${wish.act}`,
      reason: wish.reason,
      subject: { order, messages: String(messages) },
    });
    return order;
  });
};
