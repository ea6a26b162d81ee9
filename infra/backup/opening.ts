import type { Client } from 'pg';
import { open, type KeyRing } from '#runtime/keys.js';
import { unwrapKeys } from '#tenants/data-keys.js';
import { openSecret } from '#tenants/seal-secret.js';

/** The keys of the deployment, as the key files have them. */
export interface GivenKeys {
  readonly body: KeyRing;
  readonly secret: KeyRing;
}

/** What was opened to see that the keys are the right ones. */
export interface Opened {
  readonly tenants: number;
  readonly bodies: number;
  readonly secrets: number;
}

interface Sealed {
  readonly tenant: string;
  readonly body_key: Buffer;
  /** Null of a tenant whose secrets were only ever sealed to the key of the deployment. */
  readonly secret_key: Buffer | null;
  readonly message: string | null;
  readonly body: Buffer | null;
  readonly name: string | null;
  readonly version: number | null;
  readonly sealed: Buffer | null;
}

/** Of each tenant its keys, its newest body and one of its secrets. */
const readSealed = async (client: Client): Promise<Sealed[]> => {
  const { rows } = await client.query<Sealed>(`
    select t.id as tenant, t.body_key, t.secret_key, b.message, b.body, s.name, s.version, s.sealed
    from tenants.tenant t
    left join lateral (
      select id as message, body from monitoring.message m
      where m.tenant = t.id and m.body is not null order by m.accepted_at desc limit 1) b on true
    left join lateral (
      select name, version, sealed from tenants.secret s
      where s.tenant = t.id order by s.updated_at desc limit 1) s on true
    where t.body_key is not null
    order by t.id`);
  return rows;
};

const openOne = (one: Sealed, keys: GivenKeys): Omit<Opened, 'tenants'> => {
  const { tenant } = one;
  const bodyKeys = unwrapKeys(one.body_key, keys.body, { tenant, purpose: 'body-key' });
  const secretKeys =
    one.secret_key && unwrapKeys(one.secret_key, keys.secret, { tenant, purpose: 'secret-key' });
  if (one.body) open(one.body, bodyKeys, `${tenant}|${one.message}`);
  const { name, version, sealed } = one;
  if (name !== null && version !== null && sealed)
    openSecret({ tenant, name, version, sealed }, { secretKeys, secretKek: keys.secret });
  return { bodies: one.body ? 1 : 0, secrets: one.sealed ? 1 : 0 };
};

/** Opens what lies sealed, to see that it can be. Throws, naming the tenant, where it does not open. */
export const proveKeys = async (client: Client, keys: GivenKeys): Promise<Opened> => {
  const opened = { tenants: 0, bodies: 0, secrets: 0 };
  for (const one of await readSealed(client)) {
    try {
      const { bodies, secrets } = openOne(one, keys);
      opened.tenants += 1;
      opened.bodies += bodies;
      opened.secrets += secrets;
    } catch (cause) {
      const words = `what lies sealed of tenant ${one.tenant} does not open with these key files`;
      throw new Error(words, { cause });
    }
  }
  return opened;
};
