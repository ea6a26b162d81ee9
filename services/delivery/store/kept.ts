import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { unread } from '#runtime/riding.js';
import type { Line } from '../line.js';

/** What is kept for later messages about a thing, sealed. */
export interface SealedKept {
  readonly sealed: Buffer;
  readonly days: number;
}

/** Keeps it in place of what was kept for the thing in this system, until so many days have passed. */
export const keep = async (
  trx: Scoped,
  line: Line,
  subject: string,
  { sealed, days }: SealedKept,
): Promise<void> => {
  await unread(sql`
    insert into delivery.kept (tenant, target, subject, sealed, keep_until)
    values (${line.tenant}, ${line.target}, ${subject}, ${sealed}, now() + make_interval(days => ${days}::int))
    on conflict (tenant, target, subject) do update
      set sealed = excluded.sealed, keep_until = excluded.keep_until`).execute(trx);
};
