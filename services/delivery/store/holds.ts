import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { holdChannel } from '#trace/line-channels.js';
import type { Line } from '../line.js';
import { interval } from './place.js';
import type { LeasedRow } from './rows.js';

/** Who holds a line: the bus itself after a `pause`, which also probes it; or an operator by name. */
export const heldByBus = 'bus';

export interface Hold extends Line {
  readonly code: string;
  readonly detail: string;
  readonly held_by: string;
}

/** The line stands still until somebody releases it. A hold that is there stays as it is. */
export const setHold = async (
  trx: Scoped,
  line: Line,
  why: { readonly code: string; readonly detail: string },
): Promise<void> => {
  await sql`insert into delivery.hold (tenant, target, code, detail, held_by)
    values (${line.tenant}, ${line.target}, ${why.code}, ${why.detail}, ${heldByBus})
    on conflict (tenant, target) do nothing`.execute(trx);
  await sql`select pg_notify(${holdChannel}, '')`.execute(trx);
};

/** Ends a hold of the bus; an operator's is left to the operator. */
export const endOwnHold = async (trx: Scoped, line: Line): Promise<void> => {
  await sql`delete from delivery.hold
    where tenant = ${line.tenant} and target = ${line.target} and held_by = ${heldByBus}`.execute(
    trx,
  );
  await sql`select pg_notify(${holdChannel}, '')`.execute(trx);
};

export const readHolds = async (trx: Scoped): Promise<Hold[]> => {
  const { rows } = await sql<Hold>`
    select tenant, target, code, detail, held_by from delivery.hold`.execute(trx);
  return rows;
};

/**
 * Held rows whose line is held no more become due, in order. They are leased until their step was told; a process
 * that dies in between leaves them due all the same once the lease has run out.
 */
export const releaseRows = async (
  trx: Scoped,
  { lease, leaseMs, limit }: { lease: string; leaseMs: number; limit: number },
): Promise<LeasedRow[]> => {
  const { rows } = await sql<LeasedRow>`
    update delivery.waiting w
    set state = 'waiting', due_at = clock_timestamp(), sequence = sequence + 1, code = null, detail = null,
      leased_by = ${lease}, leased_until = clock_timestamp() + ${interval(leaseMs)}
    where w.id in (
      select r.id from delivery.waiting r
      where r.state = 'held'
        and not exists (select from delivery.hold h where h.tenant = r.tenant and h.target = r.target)
      order by r.id limit ${limit} for update skip locked)
    returning w.id, w.state, w.sequence, w.attempt, w.code, w.detail, w.due_at, w.tenant, w.target, w.envelope, w.body`.execute(
    trx,
  );
  return rows.sort((a, b) => Number(a.id) - Number(b.id));
};
