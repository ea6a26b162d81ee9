import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { interval } from './place.js';

/** Tells that a replica joined or left. */
export const replicaChannel = 'lbbus_replicas';

/** A sign of life, and how long one counts. Only the clock of the database is asked. */
export interface Beat {
  readonly id: string;
  readonly aliveMs: number;
}

const tell = (trx: Scoped): Promise<unknown> =>
  sql`select pg_notify(${replicaChannel}, '')`.execute(trx);

/** The replica is there; the others hear of it where it was not. */
export const join = async (trx: Scoped, { id, aliveMs }: Beat): Promise<void> => {
  const { rows } = await sql<{ joined: boolean }>`
    insert into delivery.replica (id, seen_at) values (${id}, clock_timestamp())
    on conflict (id) do update set seen_at = excluded.seen_at
    returning xmax = 0 as joined`.execute(trx);
  if (rows[0]?.joined !== true) return;
  await sql`delete from delivery.replica
    where seen_at < clock_timestamp() - 10 * ${interval(aliveMs)}`.execute(trx);
  await tell(trx);
};

/** The replica is gone, and the others hear of it. */
export const leave = async (trx: Scoped, id: string): Promise<void> => {
  await sql`delete from delivery.replica where id = ${id}`.execute(trx);
  await tell(trx);
};

/** Those that gave a sign of life lately, in a fixed order. */
export const readReplicas = async (trx: Scoped, { aliveMs }: Beat): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from delivery.replica
    where seen_at > clock_timestamp() - ${interval(aliveMs)} order by id`.execute(trx);
  return rows.map(({ id }) => id);
};
