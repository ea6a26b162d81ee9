import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Tenant } from '#tenants/directory.js';

/** A thing as one system of the tenant knows it. */
export interface KnownAs {
  readonly target: string;
  /** Id of the connector definition; null where the instance was taken away. */
  readonly connector: string | null;
  readonly externalId: string;
  readonly at: string;
  /** Where the system is reached by a browser, as the settings of the instance say; null where they do not. */
  readonly address: string | null;
}

/** Without credentials, and over TLS unless this is the sandbox: what a person may be sent to. */
const addressOf = (
  settings: Readonly<Record<string, unknown>>,
  sandbox: boolean,
): string | null => {
  const { baseUrl } = settings;
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return null;
  const { protocol, username, password, origin } = new URL(baseUrl);
  const isSafe = protocol === 'https:' || (sandbox && protocol === 'http:');
  return isSafe && username === '' && password === '' ? `${origin}/` : null;
};

/** Under which id each system of the tenant knows the subject. */
export const knownAs = async (
  trx: Scoped,
  subject: string,
  { tenant, sandbox }: { readonly tenant: Tenant; readonly sandbox: boolean },
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
      address: instance ? addressOf(instance.settings, sandbox) : null,
    };
  });
};
