import type { Database } from '#runtime/database.js';
import type { KeyRing } from '#runtime/keys.js';
import { unwrapKeys } from './data-keys.js';
import type { ConnectorInstance } from './directory.js';
import { fillSecrets, namesOfSecrets } from './secret-reference.js';
import { openSecret } from './seal-secret.js';

export interface SettingsOptions {
  readonly database: Database;
  /** Opens the secret keys of the tenants; only delivery and the command line have it. */
  readonly secretKek: KeyRing;
}

/** Settings of one connector instance with its secrets filled in. Throws, naming the secret, where one is not stored. */
export type OpenSettings = (instance: ConnectorInstance) => Promise<Record<string, unknown>>;

/** Makes the only function that opens connectors' secrets; nothing it gives is kept here. */
export const openSettings =
  ({ database, secretKek }: SettingsOptions): OpenSettings =>
  (instance) =>
    database.scoped(instance.tenant, async (trx) => {
      const names = namesOfSecrets(instance.settings);
      if (names.length === 0) return { ...instance.settings };
      const { secret_key } = await trx
        .selectFrom('tenants.tenant')
        .select('secret_key')
        .where('id', '=', instance.tenant)
        .executeTakeFirstOrThrow();
      const secretKeys =
        secret_key &&
        unwrapKeys(secret_key, secretKek, { tenant: instance.tenant, purpose: 'secret-key' });
      const rows = await trx
        .selectFrom('tenants.secret')
        .select(['tenant', 'name', 'version', 'sealed'])
        .where('tenant', '=', instance.tenant)
        .where('name', 'in', names)
        .orderBy('version')
        .execute();
      const newest = new Map(rows.map((row) => [row.name, row]));
      return fillSecrets(instance.settings, (name) => {
        const row = newest.get(name);
        if (!row) throw new Error(`tenant ${instance.tenant} has no secret "${name}": apply it`);
        return openSecret(row, { secretKeys, secretKek });
      });
    });
