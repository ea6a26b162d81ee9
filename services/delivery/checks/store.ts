import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { checkChannel } from '#trace/line-channels.js';
import type { Line } from '../line.js';
import { interval } from '../store/place.js';

/** A check that somebody waits for, in the hands of this process. */
export interface Asked extends Line {
  readonly id: string;
}

/** Nobody waits for one that was asked before that. */
const waitedForMs = 60_000;

/** Takes checks that nobody has in hand, as far as this process knows the settings that were there when they were asked. */
export const takeChecks = async (
  trx: Scoped,
  { revision, limit, leaseMs }: { revision: number; limit: number; leaseMs: number },
): Promise<Asked[]> => {
  const { rows } = await sql<Asked>`
    update delivery.connection_check c set taken_until = clock_timestamp() + ${interval(leaseMs)}
    where (c.tenant, c.target) in (
      select f.tenant, f.target from delivery.connection_check f
      where f.ended_at is null and f.asked_at > clock_timestamp() - ${interval(waitedForMs)}
        and f.revision <= ${revision} and (f.taken_until is null or f.taken_until < clock_timestamp())
      order by f.asked_at limit ${limit} for update skip locked)
    returning c.tenant, c.target, c.id`.execute(trx);
  return rows;
};

/** What a system said to a check: null for a code where it works. */
export interface Said {
  readonly code: string | null;
  readonly detail: string | null;
  readonly durationMs: number;
}

/** Writes down what came of a check, unless it was asked anew meanwhile. */
export const endCheck = async (trx: Scoped, asked: Asked, said: Said): Promise<void> => {
  await sql`
    update delivery.connection_check
    set ended_at = clock_timestamp(), works = ${said.code === null}, code = ${said.code}, detail = ${said.detail},
      duration_ms = ${said.durationMs}
    where tenant = ${asked.tenant} and target = ${asked.target} and id = ${asked.id}`.execute(trx);
};

/** Another process may ask. */
export const giveBack = async (trx: Scoped, { tenant, target, id }: Asked): Promise<void> => {
  await sql`
    update delivery.connection_check set taken_until = null
    where tenant = ${tenant} and target = ${target} and id = ${id}`.execute(trx);
  await sql`select pg_notify(${checkChannel}, '')`.execute(trx);
};

/** Every process hears that the system works: a circuit that is open there is tried. */
export const tellWorks = async (trx: Scoped, key: string): Promise<void> => {
  await sql`select pg_notify(${checkChannel}, ${key})`.execute(trx);
};
