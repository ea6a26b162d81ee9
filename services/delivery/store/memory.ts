import { sql } from 'kysely';
import type { Memory } from '#kit/platform.js';
import type { Database } from '#runtime/database.js';
import type { Line } from '../line.js';

/** What is past its time goes with what is written next, a few at once. */
const goneAtOnce = 100;

/** The memory of one connector instance, in PostgreSQL: shared by all delivery processes. */
export const createMemory = (database: Database, { tenant, target }: Line): Memory => ({
  read: (key) =>
    database.scoped(tenant, async (trx) => {
      const { rows } = await sql<{ value: Awaited<ReturnType<Memory['read']>> }>`
        select value from delivery.memory
        where tenant = ${tenant} and target = ${target} and key = ${key} and keep_until > now()`.execute(
        trx,
      );
      return rows[0]?.value ?? null;
    }),
  write: (key, value, { days }) =>
    database.scoped(tenant, async (trx) => {
      await sql`
        insert into delivery.memory (tenant, target, key, value, keep_until)
        values (${tenant}, ${target}, ${key}, ${JSON.stringify(value)}::jsonb, now() + make_interval(days => ${days}::int))
        on conflict (tenant, target, key) do update
          set value = excluded.value, keep_until = excluded.keep_until`.execute(trx);
      await sql`
        delete from delivery.memory where (tenant, target, key) in (
          select tenant, target, key from delivery.memory
          where tenant = ${tenant} and target = ${target} and keep_until < now()
          limit ${goneAtOnce} for update skip locked)`.execute(trx);
    }),
  forget: (key) =>
    database.scoped(tenant, async (trx) => {
      await sql`
        delete from delivery.memory
        where tenant = ${tenant} and target = ${target} and key = ${key}`.execute(trx);
    }),
});
