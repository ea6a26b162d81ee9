import { sql } from 'kysely';
import type { Json } from '#kit/message.js';
import type { Scoped } from '#runtime/database.js';
import type { Line } from '../line.js';
import { interval } from './place.js';

/** One polled source of one line. */
export interface Polled {
  readonly line: Line;
  readonly source: string;
}

/** The right to poll, for as long as it is renewed. */
export interface PollLease {
  readonly lease: string;
  readonly leaseMs: number;
}

const ofCursor = ({ line, source }: Polled) =>
  sql`tenant = ${line.tenant} and target = ${line.target} and source = ${source}`;

/** Takes the poll where nobody has it and the last one is `restMs` ago. Answers the cursor; null where it is not ours. */
export const leaseCursor = async (
  trx: Scoped,
  polled: Polled,
  { lease, leaseMs, restMs }: PollLease & { readonly restMs: number },
): Promise<{ cursor: Json } | null> => {
  const { rows } = await sql<{ cursor: Json }>`
    insert into delivery.cursor as c (tenant, target, source, cursor, leased_by, leased_until)
    values (${polled.line.tenant}, ${polled.line.target}, ${polled.source}, 'null'::jsonb, ${lease},
      clock_timestamp() + ${interval(leaseMs)})
    on conflict (tenant, target, source) do update
      set leased_by = excluded.leased_by, leased_until = excluded.leased_until
      where (c.leased_until is null or c.leased_until < clock_timestamp())
        and (c.polled_at is null or c.polled_at <= clock_timestamp() - ${interval(restMs)})
    returning cursor`.execute(trx);
  return rows[0] ?? null;
};

/** Keeps the cursor after a page and renews the lease; false where the lease was lost to another. */
export const keepCursor = async (
  trx: Scoped,
  polled: Polled,
  cursor: Json,
  { lease, leaseMs }: PollLease,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update delivery.cursor
    set cursor = ${JSON.stringify(cursor)}::jsonb, leased_until = clock_timestamp() + ${interval(leaseMs)}
    where ${ofCursor(polled)} and leased_by = ${lease}`.execute(trx);
  return numAffectedRows === 1n;
};

/** Ends the poll; `failure` is what the operator reads, null after a good one. */
export const endPoll = async (
  trx: Scoped,
  polled: Polled,
  lease: string,
  failure: string | null,
): Promise<void> => {
  await sql`
    update delivery.cursor
    set polled_at = clock_timestamp(), failure = ${failure}, leased_by = null, leased_until = null
    where ${ofCursor(polled)} and leased_by = ${lease}`.execute(trx);
};
