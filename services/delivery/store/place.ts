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

/** An SQL interval. */
export const interval = (ms: number) => sql`make_interval(secs => ${ms / 1000}::float8)`;

/** The row of one effect. */
export const ofEffect = ({ line, message }: Place) =>
  sql`tenant = ${line.tenant} and target = ${line.target} and message = ${message}`;
