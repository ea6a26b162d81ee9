import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { unread } from '#runtime/riding.js';
import type { Conclusion, Consultation } from './consultation.js';

/** Writes a question to the register; answers the id of the entry. */
export const writeConsultation = async (trx: Scoped, asked: Consultation): Promise<string> => {
  const { about, ...columns } = asked;
  const id = randomUUID();
  const names = Object.keys(columns).map((name) => sql.ref(name));
  const values = Object.values(columns).map((value) => sql`${value}`);
  await sql`
    with asked as (
      insert into delivery.consultation (id, ${sql.join(names)}) values (${id}, ${sql.join(values)}))
    insert into delivery.consultation_subject (tenant, consultation, pseudonym, found)
    select ${asked.tenant}, ${id}, pseudonym, false from unnest(${[...about]}::text[]) as pseudonym
    on conflict do nothing`.execute(trx);
  return id;
};

/** Completes an entry with what came of it. One that was completed before stays as it is. */
export const concludeConsultation = async (
  trx: Scoped,
  tenant: string,
  { id, outcome, code, found }: Conclusion,
): Promise<void> => {
  await unread(sql`
    with ended as (
      update delivery.consultation set outcome = ${outcome}, code = ${code}, ended_at = clock_timestamp()
      where tenant = ${tenant} and id = ${id} and outcome is null
      returning id)
    insert into delivery.consultation_subject (tenant, consultation, pseudonym, found)
    select ${tenant}, id, pseudonym, true from ended, unnest(${[...found]}::text[]) as pseudonym
    on conflict do nothing`).execute(trx);
};
