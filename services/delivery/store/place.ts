import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { unread } from '#runtime/riding.js';
import { laneKey, type Line } from '../line.js';

/** A message at a target: what every table of delivery knows it by. */
export interface Place {
  readonly line: Line;
  readonly message: string;
}

/** Nobody else decides about this lane until the transaction ends: so a lane never overtakes itself. */
export const lockLane = async (trx: Scoped, line: Line, lane: string): Promise<void> => {
  await unread(
    sql`select pg_advisory_xact_lock(hashtextextended(${laneKey(line, lane)}, 0))`,
  ).execute(trx);
};

/**
 * As `lockLane` for several lanes and whatever else is locked by its name, but without waiting: answers for each whether
 * all of its names could be locked. No name may be in two of them, as nobody waits for himself.
 */
export const tryLocks = async (
  trx: Scoped,
  names: readonly (readonly string[])[],
): Promise<readonly boolean[]> => {
  const each = names.flatMap((some, index) => some.map((name) => ({ name, index })));
  const { rows } = await sql<{ index: number; got: boolean }>`
    select index, pg_try_advisory_xact_lock(hashtextextended(name, 0)) as got
    from unnest(${each.map(({ name }) => name)}::text[], ${each.map(({ index }) => index)}::int[]) as n (name, index)`.execute(
    trx,
  );
  const missed = new Set(rows.filter(({ got }) => !got).map(({ index }) => index));
  return names.map((_, index) => !missed.has(index));
};

/** An SQL interval. */
export const interval = (ms: number) => sql`make_interval(secs => ${ms / 1000}::float8)`;

/**
 * Ends a subquery that is to be asked for each row on its own, by all that it names of that row: without it the planner may read
 * an index of which it was told last that nothing is in it, whole, for every row.
 */
export const oneByOne = sql`offset 0`;

/** The row of one effect. */
export const ofEffect = ({ line, message }: Place) =>
  sql`tenant = ${line.tenant} and target = ${line.target} and message = ${message}`;
