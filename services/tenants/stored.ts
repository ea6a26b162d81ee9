import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { KeyFacts } from '#runtime/tables/tenants.js';

/** A tenant as its tables hold it, as JSON: what the snapshot file keeps. Bytes are hex; keys are wrapped. */
export interface StoredTenant {
  readonly id: string;
  readonly name: string;
  readonly bestuurseenheid: string;
  readonly kbo: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly bodyKey: string | null;
  readonly connectors: readonly StoredConnector[];
  readonly routes: readonly StoredRoute[];
  readonly credentials: readonly StoredCredential[];
}

export interface StoredConnector {
  readonly name: string;
  readonly connector: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hookTokenHash: string | null;
  readonly enabled: boolean;
}

export interface StoredRoute {
  readonly type: string;
  readonly filter: Readonly<Record<string, unknown>> | null;
  readonly targets: readonly string[];
}

export interface StoredCredential {
  readonly name: string;
  readonly keyHashes: readonly string[];
  /** By hash; a snapshot of an earlier version has none. */
  readonly keyFacts?: Readonly<Record<string, KeyFacts>>;
  readonly issuer: string | null;
  readonly clientId: string | null;
  readonly sources: readonly string[];
  readonly types: readonly string[];
  readonly postvakken: readonly string[];
  readonly system: string | null;
  /** RFC 3339. */
  readonly expiresAt: string | null;
}

export interface Stored {
  readonly revision: number;
  readonly tenants: readonly StoredTenant[];
}

/** All that the scope of the transaction lets through, in one statement and so at one revision. */
export const readStored = async (trx: Scoped): Promise<Stored> => {
  const { rows } = await sql<{ stored: Stored }>`
    select json_build_object(
      'revision', (select revision from tenants.revision),
      'tenants', coalesce((select json_agg(json_build_object(
        'id', t.id, 'name', t.name, 'bestuurseenheid', t.bestuurseenheid, 'kbo', t.kbo,
        'settings', t.settings, 'bodyKey', encode(t.body_key, 'hex'),
        'connectors', coalesce((select json_agg(json_build_object(
            'name', c.name, 'connector', c.connector, 'settings', c.settings,
            'hookTokenHash', encode(c.hook_token_hash, 'hex'), 'enabled', c.enabled) order by c.name)
          from tenants.connector c where c.tenant = t.id), '[]'),
        'routes', coalesce((select json_agg(json_build_object(
            'type', r.message_type, 'filter', r.filter, 'targets', r.targets) order by r.position)
          from tenants.route r where r.tenant = t.id), '[]'),
        'credentials', coalesce((select json_agg(json_build_object(
            'name', k.name,
            'keyHashes', (select coalesce(json_agg(encode(hash, 'hex') order by at), '[]')
              from unnest(k.key_hashes) with ordinality as key(hash, at)),
            'keyFacts', k.key_facts, 'issuer', k.issuer, 'clientId', k.client_id, 'sources', k.sources, 'types', k.types,
            'postvakken', k.postvakken, 'system', k.system,
            'expiresAt', to_char(k.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
            order by k.name)
          from tenants.credential k where k.tenant = t.id), '[]')
      ) order by t.id) from tenants.tenant t), '[]')) as stored`.execute(trx);
  const stored = rows[0]?.stored;
  if (!stored) throw new Error('the tenant tables gave no answer');
  return stored;
};

/** The revision alone: cheap enough to ask each second. */
export const readRevision = async (trx: Scoped): Promise<number> => {
  const { revision } = await trx
    .selectFrom('tenants.revision')
    .select('revision')
    .executeTakeFirstOrThrow();
  return Number(revision);
};
