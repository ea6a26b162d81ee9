import type { OwnerDatabase } from './owner.js';
import { newToken, tokenHash } from './tokens.js';

const mostKeys = 2;

export interface KeyRequest {
  readonly tenant: string;
  readonly credential: string;
  /** Ends the oldest key where two are valid already. */
  readonly dropOldest: boolean;
}

/**
 * Makes an API key for a credential and answers it: only its hash is kept. Two are valid at a time, so that an
 * application can be moved from one to the next. Throws where the credential is unknown or has two.
 */
export const addKey = (database: OwnerDatabase, request: KeyRequest): Promise<string> =>
  database.scoped(request.tenant, async (trx) => {
    const { tenant, credential, dropOldest } = request;
    const row = await trx
      .selectFrom('tenants.credential')
      .select('key_hashes')
      .where('tenant', '=', tenant)
      .where('name', '=', credential)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new Error(`tenant ${tenant} has no credential "${credential}"`);
    if (row.key_hashes.length >= mostKeys && !dropOldest)
      throw new Error(
        `credential "${credential}" of ${tenant} has two valid keys: end the oldest with --drop-oldest`,
      );
    const key = newToken(tenant);
    const kept = row.key_hashes.slice(-(mostKeys - 1));
    await trx
      .updateTable('tenants.credential')
      .set({ key_hashes: [...kept, Buffer.from(tokenHash(key), 'hex')] })
      .where('tenant', '=', tenant)
      .where('name', '=', credential)
      .execute();
    return key;
  });
