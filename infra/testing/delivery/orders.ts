import { randomUUID } from 'node:crypto';
import { until } from '../until.js';
import type { World } from './world.js';

interface Given {
  readonly act?: 'replay' | 'discard';
  readonly rate?: number;
  readonly stopPercent?: number;
}

interface Item {
  readonly message: string;
  readonly state: string;
  readonly code: string | null;
}

/** Orders about everything that is parked at this moment, as monitoring writes them. */
export const orderAll = async (world: World, given: Given = {}): Promise<string> => {
  const { act = 'replay', rate = 1_000, stopPercent = 100 } = given;
  const id = randomUUID();
  await world.rows(`
    with ordered as (
      insert into delivery.parked_order (id, tenant, act, state, rate, stop_percent, operator, reason, started_at, counted_from)
      values ('${id}', '*', '${act}', 'running', ${rate}, ${stopPercent}, 'an', 'test', now(), now()) returning id)
    insert into delivery.parked_item (order_id, row_id, tenant, target, subject, message, type, parked_code, parked_at,
      uncertain, sequence)
    select ordered.id, w.id, w.tenant, w.target, w.subject, w.message, 't', w.code, w.due_at, false, w.sequence
    from delivery.waiting w, ordered where w.state = 'parked'`);
  return id;
};

export const stateOf = async (world: World, id: string): Promise<string> => {
  const [order] = await world.rows<{ state: string }>(
    `select state from delivery.parked_order where id = '${id}'`,
  );
  return order?.state ?? 'none';
};

export const reachesState = (world: World, id: string, state: string): Promise<boolean> =>
  until(async () => (await stateOf(world, id)) === state, { what: `the order to be ${state}` });

/** What became of the messages of an order, in the order of their places. */
export const itemsOf = (world: World, id: string): Promise<Item[]> =>
  world.rows<Item>(
    `select message, state, code from delivery.parked_item where order_id = '${id}' order by row_id`,
  );

export const countOf = async (world: World, id: string, state: string): Promise<number> =>
  (await itemsOf(world, id)).filter((item) => item.state === state).length;
