import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';

/** How a message stands at a target at this moment, where it has not come through. */
export interface StandingNow {
  readonly state: 'waiting' | 'held' | 'parked' | 'in-hand';
  readonly since: string;
  readonly attempts: number;
  readonly dueAt: string | null;
  readonly code: string | null;
  readonly detail: string | null;
  /** The first of the same subject that has to go before it; null where none has. */
  readonly behind: { readonly id: string; readonly state: string; readonly before: number } | null;
  /** What lets the whole line stand still. */
  readonly hold: {
    readonly code: string;
    readonly detail: string;
    readonly heldBy: string;
    readonly since: string;
  } | null;
}

interface Row {
  readonly target: string;
  readonly state: 'waiting' | 'held' | 'parked';
  readonly created_at: Date;
  readonly due_at: Date;
  readonly attempt: number;
  readonly code: string | null;
  readonly detail: string | null;
  readonly first_id: string | null;
  readonly first_state: string | null;
  readonly before: number;
  readonly busy: boolean;
  readonly hold_code: string | null;
  readonly hold_detail: string | null;
  readonly held_by: string | null;
  readonly hold_since: Date | null;
}

const holdOf = (row: Row): StandingNow['hold'] =>
  row.hold_code === null || row.held_by === null || row.hold_since === null
    ? null
    : {
        code: row.hold_code,
        detail: row.hold_detail ?? '',
        heldBy: row.held_by,
        since: row.hold_since.toISOString(),
      };

const standingOf = (row: Row): StandingNow => ({
  state: row.busy ? 'in-hand' : row.state,
  since: row.created_at.toISOString(),
  attempts: row.attempt,
  dueAt: row.state === 'waiting' ? row.due_at.toISOString() : null,
  code: row.code,
  detail: row.detail,
  behind:
    row.first_id === null
      ? null
      : { id: row.first_id, state: row.first_state ?? 'waiting', before: row.before },
  hold: holdOf(row),
});

/** How the message stands at each target where it still stands: by target. A parked message holds up nobody, and waits for nobody. */
export const standingNow = async (
  trx: Scoped,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<ReadonlyMap<string, StandingNow>> => {
  const { rows } = await sql<Row>`
    select w.target, w.state, w.created_at, w.due_at, w.attempt, w.code, w.detail,
      f.message as first_id, f.state as first_state, coalesce(f.before, 0)::int as before,
      exists (select from delivery.effect e where e.tenant = w.tenant and e.target = w.target
        and e.message = w.message and e.busy_until > now()) as busy,
      h.code as hold_code, h.detail as hold_detail, h.held_by, h.since as hold_since
    from delivery.waiting w
    left join lateral (
      select b.message, b.state, count(*) over () as before from delivery.waiting b
      where w.state <> 'parked' and b.tenant = w.tenant and b.target = w.target and b.subject = w.subject
        and b.id < w.id and b.state <> 'parked'
      order by b.id limit 1) f on true
    left join delivery.hold h on h.tenant = w.tenant and h.target = w.target
    where w.tenant = ${tenant} and w.message = ${id}::uuid`.execute(trx);
  return new Map(rows.map((row) => [row.target, standingOf(row)]));
};
