import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import type { Scoped } from '#runtime/database.js';
import { interval } from '../../store/place.js';
import type { LeasedRow } from '../../store/rows.js';
import type { Order } from './orders.js';

const untold = sql`i.state = 'released' and not i.told`;
const columns = sql`w.id, w.state, w.sequence, w.attempt, w.code, w.detail, w.due_at, w.tenant, w.target, w.envelope, w.body`;

/** Rows of a replay whose release was not told, as far as they still stand as they were released. */
export const releasedRows = async (trx: Scoped, { id }: Order): Promise<LeasedRow[]> => {
  const { rows } = await sql<LeasedRow>`
    select ${columns} from delivery.parked_item i
    join delivery.waiting w on w.id = i.row_id and w.message = i.message and w.sequence = i.released_sequence
    where i.order_id = ${id} and ${untold} and w.state = 'waiting' order by w.id`.execute(trx);
  return rows;
};

/** Rows that are to be discarded, taken in hand again where the order lost them meanwhile. */
export const discardedRows = async (
  trx: Scoped,
  { id }: Order,
  leaseMs: number,
): Promise<LeasedRow[]> => {
  const { rows } = await sql<LeasedRow>`
    update delivery.waiting w
    set leased_by = ${id}, leased_until = clock_timestamp() + ${interval(leaseMs)}
    from delivery.parked_item i
    where i.order_id = ${id} and ${untold} and w.id = i.row_id and w.message = i.message
      and (w.leased_by = ${id} or w.leased_until is null or w.leased_until < clock_timestamp())
    returning ${columns}`.execute(trx);
  return rows;
};

/** A message that gave its place to a copy. */
export interface Replaced {
  readonly row_id: string;
  readonly tenant: string;
  readonly target: string;
  /** Of the original, when it was parked. */
  readonly sequence: number;
  readonly original: Envelope;
  readonly envelope: Envelope;
  readonly body: Buffer;
}

export const replacedRows = async (trx: Scoped, { id }: Order): Promise<Replaced[]> => {
  const { rows } = await sql<Replaced>`
    select i.row_id, i.tenant, i.target, i.sequence, d.original, d.envelope, d.body
    from delivery.parked_item i join delivery.parked_edit d on d.order_id = i.order_id
    where i.order_id = ${id} and ${untold}`.execute(trx);
  return rows;
};

/** Everything of the order that was released was told. */
export const allTold = async (trx: Scoped, { id }: Order): Promise<void> => {
  await sql`update delivery.parked_item i set told = true where i.order_id = ${id} and ${untold}`.execute(
    trx,
  );
};

/** What was discarded has ended once its row is gone, which is after it was told. */
export const endDiscarded = async (trx: Scoped, { id }: Order): Promise<void> => {
  await sql`
    update delivery.parked_item i
    set told = true, state = 'discarded', ended_at = clock_timestamp()
    where i.order_id = ${id} and ${untold} and not exists (
      select from delivery.waiting w where w.id = i.row_id and w.message = i.message)`.execute(trx);
};
