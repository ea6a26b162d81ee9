import { sql } from 'kysely';
import type { Told } from '#oslo/told.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { KeyFacts } from '#runtime/tables/tenants.js';
import { lockTenant } from './apply.js';
import { recordChange, type Author } from './changes.js';
import { tell } from './tell.js';
import { newToken, tokenHash } from './tokens.js';

const mostKeys = 2;
const byCommand: Author = { by: 'keys', via: 'keys', reason: '' };

/** Whose keys are changed, and by whom. */
interface OfCredential {
  readonly tenant: string;
  readonly credential: string;
  readonly author?: Author;
  /** Done in the transaction that changes the keys: neither stands without the other. */
  readonly beside?: (trx: Scoped) => Promise<void>;
}

export interface KeyRequest extends OfCredential {
  /** Ends the oldest key where two are valid already. */
  readonly dropOldest: boolean;
  /** Until when the keys that are valid now stay so; null leaves them as they are. */
  readonly othersEndAt?: Date | null;
}

/** A key of an application, without anything by which it could be used. */
export interface KnownKey {
  /** The first digits of its hash: a name for it. */
  readonly id: string;
  readonly hash: string;
  readonly madeAt: string | null;
  readonly endsAt: string | null;
}

interface Keys {
  readonly key_hashes: readonly Buffer[];
  readonly key_facts: Readonly<Record<string, KeyFacts>>;
}

/** The keys that are valid at a moment, oldest first. */
export const validKeys = (
  { keyHashes, keyFacts = {} }: { keyHashes: readonly string[]; keyFacts?: Keys['key_facts'] },
  at: Date,
): KnownKey[] =>
  keyHashes
    .map((hash) => ({
      id: hash.slice(0, 12),
      hash,
      madeAt: keyFacts[hash]?.madeAt ?? null,
      endsAt: keyFacts[hash]?.endsAt ?? null,
    }))
    .filter(({ endsAt }) => endsAt === null || new Date(endsAt) > at);

/** Raised where the credential or key that is meant is not there, or there is no place for another. */
export class KeyRefused extends Error {
  readonly told: Told;
  readonly missing: boolean;

  constructor(told: Told, missing: boolean) {
    super(told('en'));
    this.name = 'KeyRefused';
    this.told = told;
    this.missing = missing;
  }
}

const readKeys = async (
  trx: Scoped,
  { tenant, credential }: OfCredential,
  at: Date,
): Promise<KnownKey[]> => {
  const row = await trx
    .selectFrom('tenants.credential')
    .select(['key_hashes', 'key_facts'])
    .where('tenant', '=', tenant)
    .where('name', '=', credential)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new KeyRefused(tell('credential-unknown', { tenant, credential }), true);
  const keyHashes = row.key_hashes.map((hash) => hash.toString('hex'));
  return validKeys({ keyHashes, keyFacts: row.key_facts }, at);
};

const factsOf = ({ madeAt, endsAt }: KnownKey): KeyFacts | null =>
  madeAt === null && endsAt === null
    ? null
    : { ...(madeAt !== null && { madeAt }), ...(endsAt !== null && { endsAt }) };

const writeKeys = async (
  trx: Scoped,
  { tenant, credential, author = byCommand, beside }: OfCredential,
  { keys, words }: { readonly keys: readonly KnownKey[]; readonly words: string },
): Promise<void> => {
  const facts = keys.flatMap((key): [string, KeyFacts][] => {
    const known = factsOf(key);
    return known ? [[key.hash, known]] : [];
  });
  await trx
    .updateTable('tenants.credential')
    .set({
      key_hashes: keys.map(({ hash }) => Buffer.from(hash, 'hex')),
      key_facts: JSON.stringify(Object.fromEntries(facts)),
    })
    .where('tenant', '=', tenant)
    .where('name', '=', credential)
    .execute();
  const lines = [{ sign: '~' as const, words: `credential ${credential}: ${words}` }];
  await recordChange(trx, tenant, { author, lines });
  await beside?.(trx);
};

const nowAt = async (trx: Scoped): Promise<Date> => {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(trx);
  return rows[0]?.now ?? new Date();
};

/** The sooner of two ends. */
const sooner = (key: KnownKey, end: Date | null): KnownKey =>
  end === null || (key.endsAt !== null && new Date(key.endsAt) <= end)
    ? key
    : { ...key, endsAt: end.toISOString() };

/**
 * Makes an API key for a credential and answers it: only its hash is kept. Two are valid at a time, so that an
 * application can be moved from one to the next. Throws `KeyRefused` where the credential is unknown or has two.
 */
export const addKey = (database: Pick<Database, 'scoped'>, request: KeyRequest): Promise<string> =>
  database.scoped(request.tenant, async (trx) => {
    const { tenant, credential, dropOldest, othersEndAt = null } = request;
    await lockTenant(trx, tenant);
    const now = await nowAt(trx);
    const valid = await readKeys(trx, request, now);
    if (valid.length >= mostKeys && !dropOldest)
      throw new KeyRefused(tell('keys-two', { tenant, credential }), false);
    const value = newToken(tenant);
    const hash = tokenHash(value);
    const kept = valid.slice(-(mostKeys - 1)).map((key) => sooner(key, othersEndAt));
    const made = { id: hash.slice(0, 12), hash, madeAt: now.toISOString(), endsAt: null };
    const ends =
      othersEndAt === null ? '' : `, the others end at ${othersEndAt.toISOString().slice(0, 16)}Z`;
    await writeKeys(trx, request, { keys: [...kept, made], words: `a new key${ends}` });
    return value;
  });

/** Ends a key at once. Throws `KeyRefused` where it is not there. */
export const endKey = (
  database: Pick<Database, 'scoped'>,
  request: OfCredential & { readonly key: string },
): Promise<void> =>
  database.scoped(request.tenant, async (trx) => {
    await lockTenant(trx, request.tenant);
    const valid = await readKeys(trx, request, await nowAt(trx));
    const keys = valid.filter(({ id }) => id !== request.key);
    if (keys.length === valid.length)
      throw new KeyRefused(tell('key-unknown', { credential: request.credential }), true);
    await writeKeys(trx, request, { keys, words: 'a key was ended' });
  });
