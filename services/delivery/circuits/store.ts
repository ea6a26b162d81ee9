import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { circuitCountsMs } from '#trace/line-channels.js';
import type { Line } from '../line.js';
import { interval } from '../store/place.js';

/** A circuit that is not closed, as it is told. */
export interface Told extends Line {
  readonly phase: 'open' | 'recovering';
  readonly openings: number;
  /** Until it may be probed; null while it recovers. */
  readonly probeInMs: number | null;
}

/** Tells which circuits of this process are not closed; all others of it are. What nobody tells any more is forgotten. */
export const tellCircuits = async (
  trx: Scoped,
  replica: string,
  circuits: readonly Told[],
): Promise<void> => {
  const keys = circuits.map(({ tenant, target }) => `${tenant}/${target}`);
  await sql`
    delete from delivery.circuit
    where (replica = ${replica} and tenant || '/' || target <> all(${keys}::text[]))
      or seen_at < clock_timestamp() - ${interval(10 * circuitCountsMs)}`.execute(trx);
  for (const { tenant, target, phase, openings, probeInMs } of circuits)
    await sql`
      insert into delivery.circuit as c (tenant, target, replica, phase, since, probe_at, openings, seen_at)
      values (${tenant}, ${target}, ${replica}, ${phase}, clock_timestamp(),
        ${probeInMs === null ? null : sql`clock_timestamp() + ${interval(probeInMs)}`}, ${openings}, clock_timestamp())
      on conflict (tenant, target, replica) do update
        set phase = excluded.phase, probe_at = excluded.probe_at, openings = excluded.openings, seen_at = excluded.seen_at`.execute(
      trx,
    );
};
