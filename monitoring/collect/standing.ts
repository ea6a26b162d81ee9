import { sql, type RawBuilder } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Placed } from './arrange.js';

/** A message stands where the first in this list of its targets stands; without a target it is delivered. */
const standings = ['parked', 'held', 'waiting', 'accepted', 'expired', 'discarded', 'delivered'];

/** Where the message of that id stands by its targets. */
export const standing = (tenant: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql<string>`
  (${standings}::text[])[coalesce((
    select min(array_position(${standings}::text[], t.status)) from monitoring.target t
    where t.tenant = ${tenant} and t.message = ${id}), ${standings.length})]`;

/** Lets messages that are stored stand where their targets stand now; the caller holds their rows. */
export const refreshStatus = async (trx: Scoped, placed: readonly Placed[]): Promise<void> => {
  const tenants = placed.map(({ envelope }) => envelope.tenant);
  const ids = placed.map(({ envelope }) => envelope.id);
  await sql`
    update monitoring.message m set status = s.status
    from (
      select k.tenant, k.id, ${standing(sql.ref('k.tenant'), sql.ref('k.id'))} as status
      from unnest(${tenants}::text[], ${ids}::uuid[]) k (tenant, id)
    ) s
    where m.tenant = s.tenant and m.id = s.id and m.status is distinct from s.status`.execute(trx);
};
