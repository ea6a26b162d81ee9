import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';

/** How a message stands at one target. */
export interface Standing {
  readonly target: string;
  readonly status: string;
  readonly code: string | null;
  readonly externalId: string | null;
}

interface StandingRow extends Omit<Standing, 'externalId'> {
  readonly tenant: string;
  readonly message: string;
  readonly external_id: string | null;
}

interface Named {
  readonly tenant: string;
  readonly id: string;
}

/** Reads how each of the messages stands at its targets. */
export const standingsOf = async (
  trx: Scoped,
  messages: readonly Named[],
): Promise<(message: Named) => readonly Standing[]> => {
  const tenants = messages.map(({ tenant }) => tenant);
  const ids = messages.map(({ id }) => id);
  const { rows } = await sql<StandingRow>`
    select t.tenant, t.message, t.target, t.status, t.code, t.external_id
    from unnest(${tenants}::text[], ${ids}::uuid[]) k (tenant, id)
    join monitoring.target t on t.tenant = k.tenant and t.message = k.id
    order by t.target`.execute(trx);
  return ({ tenant, id }) =>
    rows
      .filter((row) => row.message === id && row.tenant === tenant)
      .map(({ target, status, code, external_id }) => ({
        target,
        status,
        code,
        externalId: external_id,
      }));
};
