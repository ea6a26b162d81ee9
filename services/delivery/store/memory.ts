import { sql } from 'kysely';
import type { Json } from '#kit/message.js';
import type { Memory } from '#kit/platform.js';
import type { Database } from '#runtime/database.js';
import { open, seal, type KeyRing } from '#runtime/keys.js';
import type { Line } from '../line.js';

/** What is past its time goes with what is written next, a few at once. */
const goneAtOnce = 100;

/** What is sealed lies under this name: nothing that a connector remembers itself begins so. */
const sealedName = 'lb-sealed';

/** Moved to another key, instance or tenant it does not open. */
const sealing = ({ tenant, target }: Line, keys: () => KeyRing) => {
  const placeOf = (key: string): string => JSON.stringify([tenant, target, key, 'memory']);
  return {
    seal: (key: string, value: Json): Json => {
      const plain = Buffer.from(JSON.stringify(value), 'utf8');
      return { [sealedName]: seal(plain, keys(), placeOf(key)).toString('base64') };
    },
    open: (key: string, value: Json): Json => {
      const held = typeof value === 'object' && value !== null && !Array.isArray(value);
      const sealed = held ? value[sealedName] : undefined;
      if (typeof sealed !== 'string') return value;
      const plain = open(Buffer.from(sealed, 'base64'), keys(), placeOf(key));
      return JSON.parse(plain.toString('utf8')) as Json;
    },
  };
};

/** The memory of one connector instance, in PostgreSQL: shared by all delivery processes. */
export const createMemory = (database: Database, line: Line, keys: () => KeyRing): Memory => {
  const { tenant, target } = line;
  const sealed = sealing(line, keys);
  return {
    read: (key) =>
      database.scoped(tenant, async (trx) => {
        const { rows } = await sql<{ value: Awaited<ReturnType<Memory['read']>> }>`
        select value from delivery.memory
        where tenant = ${tenant} and target = ${target} and key = ${key} and keep_until > now()`.execute(
          trx,
        );
        return sealed.open(key, rows[0]?.value ?? null);
      }),
    write: (key, value, { days, sealed: isSealed = false }) =>
      database.scoped(tenant, async (trx) => {
        await sql`
        insert into delivery.memory (tenant, target, key, value, keep_until)
        values (${tenant}, ${target}, ${key}, ${JSON.stringify(isSealed ? sealed.seal(key, value) : value)}::jsonb, now() + make_interval(days => ${days}::int))
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
  };
};
