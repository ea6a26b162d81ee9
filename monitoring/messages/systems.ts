import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Tenant } from '#tenants/directory.js';
import { recordAddress, systemAddress, type Reachable } from './addresses.js';

/** A thing as one system of the tenant knows it. */
export interface KnownAs {
  readonly target: string;
  /** Id of the connector definition; null where the instance was taken away. */
  readonly connector: string | null;
  readonly externalId: string;
  readonly at: string;
  /** Where a browser shows it in the system, or else the system itself; null where neither is known. */
  readonly address: string | null;
}

/** Under which id each system of the tenant knows the subject. */
export const knownAs = async (
  trx: Scoped,
  subject: string,
  tenant: Tenant,
  within: Reachable,
): Promise<readonly KnownAs[]> => {
  const { rows } = await sql<{ target: string; external_id: string; updated_at: Date }>`
    select target, external_id, updated_at from delivery.reference
    where tenant = ${tenant.id} and subject = ${subject} order by target, updated_at desc limit 100`.execute(
    trx,
  );
  return rows.map(({ target, external_id, updated_at }) => {
    const instance = tenant.connectors.get(target);
    return {
      target,
      connector: instance?.connector ?? null,
      externalId: external_id,
      at: updated_at.toISOString(),
      address: instance
        ? (recordAddress(instance, external_id, within) ?? systemAddress(instance, within))
        : null,
    };
  });
};
