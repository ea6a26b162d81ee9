import type { ColumnType, Generated } from 'kysely';
import type { GeneratedMoment, JsonColumn, Moment } from './columns.js';

/** What is known of an API key beside its hash. Moments as RFC 3339. */
export interface KeyFacts {
  /** Unknown of one that a declaration gave. */
  readonly madeAt?: string;
  /** It is valid until then; without it until somebody ends it. */
  readonly endsAt?: string;
}

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
    /** Empty where it was sealed without the secret key. */
    fingerprint: Buffer;
    updated_at: GeneratedMoment;
    /** Day from which the other side no longer takes it; null where nobody said. */
    expires_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  'tenants.credential': {
    tenant: string;
    name: string;
    key_hashes: Buffer[];
    key_facts: ColumnType<Record<string, KeyFacts>, string | undefined, string>;
    issuer: string | null;
    client_id: string | null;
    sources: string[];
    types: string[];
    postvakken: string[];
    system: string | null;
    expires_at: Moment | null;
  };
  'tenants.change': {
    tenant: string;
    version: number;
    at: GeneratedMoment;
    by: string;
    via: 'apply' | 'keys' | 'console';
    reason: string;
    words: string[];
    state: JsonColumn<Record<string, unknown>>;
  };
  'tenants.revision': { only: Generated<boolean>; revision: string };
}
