import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import type { Scoped } from '#runtime/database.js';
import type { Hand } from '../hand.js';
import { laneOf, type Line } from '../line.js';
import { interval, oneByOne } from './place.js';

/** How a message stands as a row. */
export interface Standing {
  readonly state: 'waiting' | 'held' | 'parked';
  readonly waitMs: number;
  readonly sequence: number;
  readonly code: string | null;
  readonly detail: string | null;
  /** Number of the attempt that failed; null leaves the count as it is. */
  readonly attempt: number | null;
}

/**
 * Lets the message in hand stand as a row, at its old place in the lane where it had one. The lease of a row in hand
 * stays until its step was told. Answers when it is due; null where the lease was lost to another.
 */
export const standAs = async (
  trx: Scoped,
  hand: Hand,
  standing: Standing,
): Promise<Date | null> => {
  const due = sql`clock_timestamp() + ${interval(standing.waitMs)}`;
  const failed = sql`case when ${standing.attempt}::int is null then null else now() end`;
  const { envelope, body } = hand.shipment;
  const { rows } =
    hand.origin.kind === 'row'
      ? await sql<{ due_at: Date }>`
          update delivery.waiting w
          set state = ${standing.state}, due_at = ${due}, sequence = ${standing.sequence},
            code = ${standing.code}, detail = ${standing.detail},
            attempt = coalesce(${standing.attempt}::int, attempt),
            first_failed_at = coalesce(w.first_failed_at, ${failed})
          where w.tenant = ${hand.line.tenant} and id = ${hand.origin.id} and leased_by = ${hand.origin.lease}
          returning due_at`.execute(trx)
      : await sql<{ due_at: Date }>`
          insert into delivery.waiting as w (tenant, target, subject, message, state, due_at, sequence, code, detail,
            attempt, first_failed_at, envelope, body)
          values (${hand.line.tenant}, ${hand.line.target}, ${laneOf(envelope)}, ${envelope.id}, ${standing.state},
            ${due}, ${standing.sequence}, ${standing.code}, ${standing.detail}, coalesce(${standing.attempt}::int, 0),
            ${failed}, ${JSON.stringify(envelope)}::jsonb, ${body})
          on conflict (tenant, target, message) do update
            set state = excluded.state, due_at = excluded.due_at, sequence = excluded.sequence, code = excluded.code,
              detail = excluded.detail, attempt = excluded.attempt,
              first_failed_at = coalesce(w.first_failed_at, excluded.first_failed_at)
          returning due_at`.execute(trx);
  return rows[0]?.due_at ?? null;
};

/** A row in hand. */
export interface LeasedRow {
  readonly id: string;
  readonly state: 'waiting' | 'held' | 'parked';
  readonly sequence: number;
  readonly attempt: number;
  readonly code: string | null;
  readonly detail: string | null;
  readonly due_at: Date;
  readonly tenant: string;
  readonly target: string;
  readonly envelope: Envelope;
  readonly body: Buffer;
}

const leasedColumns = sql`w.id, w.state, w.sequence, w.attempt, w.code, w.detail, w.due_at, w.tenant, w.target,
  w.envelope, w.body`;

export interface LeaseOptions {
  readonly lease: string;
  readonly leaseMs: number;
  readonly limit: number;
  /** Also what is not due yet: a probe takes whatever stands first. */
  readonly early: boolean;
}

/**
 * Takes heads of lanes that are due, oldest first, each for `leaseMs`; what stands behind a head is not taken before
 * the head has gone. What another process takes at the same time is passed over.
 */
export const leaseHeads = async (
  trx: Scoped,
  line: Line,
  { lease, leaseMs, limit, early }: LeaseOptions,
): Promise<LeasedRow[]> => {
  const { rows } = await sql<LeasedRow>`
    update delivery.waiting w
    set leased_by = ${lease}, leased_until = clock_timestamp() + ${interval(leaseMs)}
    where w.id in (
      select c.id from delivery.waiting c
      where c.tenant = ${line.tenant} and c.target = ${line.target} and c.state = 'waiting'
        and (${early} or c.due_at <= clock_timestamp())
        and (c.leased_until is null or c.leased_until < clock_timestamp())
        and not exists (
          select from delivery.waiting b
          where b.tenant = c.tenant and b.target = c.target and b.subject = c.subject
            and b.state <> 'parked' and b.id < c.id ${oneByOne})
      order by c.due_at, c.id limit ${limit} for update skip locked)
    returning ${leasedColumns}`.execute(trx);
  return rows.sort((a, b) => Number(a.id) - Number(b.id));
};

/** Lines of the list that have a row which has been due for as long as the list says. */
export const linesWithDue = async (
  trx: Scoped,
  lines: readonly { readonly line: Line; readonly overdueMs: number }[],
): Promise<Line[]> => {
  const tenants = lines.map(({ line }) => line.tenant);
  const targets = lines.map(({ line }) => line.target);
  const seconds = lines.map(({ overdueMs }) => overdueMs / 1_000);
  const { rows } = await sql<Line>`
    select l.tenant, l.target
    from unnest(${tenants}::text[], ${targets}::text[], ${seconds}::float8[]) as l(tenant, target, overdue)
    where exists (
      select from delivery.waiting w
      where w.tenant = l.tenant and w.target = l.target and w.state = 'waiting'
        and w.due_at <= clock_timestamp() - make_interval(secs => l.overdue))`.execute(trx);
  return rows;
};

/** The row is done with. */
export const dropRow = async (trx: Scoped, row: { id: string; lease: string }): Promise<void> => {
  await sql`delete from delivery.waiting where id = ${row.id} and leased_by = ${row.lease}`.execute(
    trx,
  );
};

/** The row stays and its step was told: others may take it when it is due. */
export const unleaseRow = async (
  trx: Scoped,
  row: { id: string; lease: string },
): Promise<void> => {
  await sql`update delivery.waiting set leased_by = null, leased_until = null
    where id = ${row.id} and leased_by = ${row.lease}`.execute(trx);
};

/** What waited for the outage of its target to end is due at once; the ramp sees to it that nothing floods. */
export const bringForward = async (trx: Scoped, line: Line): Promise<void> => {
  await sql`update delivery.waiting set due_at = clock_timestamp()
    where tenant = ${line.tenant} and target = ${line.target} and state = 'waiting'
      and due_at > clock_timestamp() and leased_by is null`.execute(trx);
};

/** Rows whose step may not have been told, as their lease ran out while they stand still: taken again, to tell it. */
export const leaseUntold = async (
  trx: Scoped,
  { lease, leaseMs, limit }: Omit<LeaseOptions, 'early'>,
): Promise<LeasedRow[]> => {
  const { rows } = await sql<LeasedRow>`
    update delivery.waiting w
    set leased_by = ${lease}, leased_until = clock_timestamp() + ${interval(leaseMs)}
    where w.id in (
      select id from delivery.waiting
      where state in ('parked', 'held') and leased_until < clock_timestamp()
      order by id limit ${limit} for update skip locked)
    returning ${leasedColumns}`.execute(trx);
  return rows;
};
