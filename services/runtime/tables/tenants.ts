import type { Generated } from 'kysely';
import type { GeneratedMoment, JsonColumn, Moment } from './columns.js';

/** Columns of schema tenants, for the compiler: what was declared. */
export interface TenantsTables {
  'tenants.tenant': {
    id: string;
    name: string;
    bestuurseenheid: string;
    kbo: string;
    settings: JsonColumn<Record<string, unknown>>;
    body_key: Buffer | null;
    secret_key: Buffer | null;
    updated_at: GeneratedMoment;
  };
  'tenants.connector': {
    tenant: string;
    name: string;
    connector: string;
    settings: JsonColumn<Record<string, unknown>>;
    hook_token_hash: Buffer | null;
    enabled: Generated<boolean>;
  };
  'tenants.route': {
    tenant: string;
    position: number;
    message_type: string;
    filter: JsonColumn<Record<string, unknown> | null> | null;
    targets: string[];
  };
  'tenants.secret': {
    tenant: string;
    name: string;
    version: number;
    sealed: Buffer;
    fingerprint: Buffer;
    updated_at: GeneratedMoment;
  };
  'tenants.credential': {
    tenant: string;
    name: string;
    key_hashes: Buffer[];
    issuer: string | null;
    client_id: string | null;
    sources: string[];
    types: string[];
    postvakken: string[];
    system: string | null;
    expires_at: Moment | null;
  };
  'tenants.revision': { only: Generated<boolean>; revision: string };
}
