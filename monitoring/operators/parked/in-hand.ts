import { sql, type RawBuilder } from 'kysely';
import type { Scoped } from '#runtime/database.js';

/** SQL condition: the item `of` is not done with. */
export const undone = (of: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${of}.state`)} in ('selected', 'released')`;

/** SQL condition: the order of the item `of` has it in hand, which it has from its start until it is done with the item. */
export const inHand = (of: string): RawBuilder<boolean> =>
  sql<boolean>`(${undone(of)} and exists (
    select from delivery.parked_order h where h.id = ${sql.ref(`${of}.order_id`)} and h.state <> 'planned'))`;

/** SQL after `from`: the items `o` that other orders than this have in hand; found by those orders, which are few. */
export const inOtherHands = (order: string): RawBuilder<unknown> =>
  sql`delivery.parked_order h join delivery.parked_item o on o.order_id = h.id and ${undone('o')}
    where h.id <> ${order} and h.state <> 'planned'`;

/** Until the transaction ends no other order takes messages in hand. */
export const taking = (trx: Scoped): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('lb-bus parked orders', 0))`.execute(trx);
