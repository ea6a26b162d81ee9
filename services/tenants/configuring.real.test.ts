import { aalterYaml, openTenancy, type Tenancy } from '#infra/testing/tenancy.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { sealingKeyOf } from '#runtime/sealing.js';
import { parse } from 'yaml';
import { addKey, endKey } from './add-key.js';
import { prepare, type ApplyOptions } from './apply.js';
import { ChangedMeanwhile, readChanges, readLastApplied } from './changes.js';
import { declaredOf } from './declared-of.js';
import { declaredTenant } from './declaration.js';
import { stateDifferences } from './differences.js';
import { readStored, type StoredTenant } from './stored.js';
import { tokenHash } from './tokens.js';

const author = { by: 'an.voorbeeld', via: 'console' as const, reason: 'Nieuw wachtwoord' };

/** Changes of tenants by a process that has no secret key, as monitoring makes them. */
describe('a tenant that is changed without the secret key', () => {
  let tenancy: Tenancy;
  let database: Database;
  beforeEach(async () => {
    tenancy = await openTenancy();
    const log = createLog('test', 'silent');
    database = openDatabase({ url: tenancy.url, log, role: 'lbbus_configure' });
  });
  afterEach(async () => {
    await database.close();
    await tenancy.drop();
  });

  const stored = async (): Promise<StoredTenant> => {
    const { tenants } = await database.scoped('aalter', readStored);
    if (!tenants[0]) throw new Error('aalter is not stored');
    return tenants[0];
  };
  const configure = (declared: unknown, options: Partial<ApplyOptions> = {}) =>
    prepare([declaredTenant(declared)], {
      database,
      keys: { body: tenancy.keys.body, secret: null, sealTo: sealingKeyOf(tenancy.keys.secret[0]) },
      values: () => undefined,
      prune: false,
      author,
      ...options,
    });
  const put = async (value: string, end?: Date): Promise<void> => {
    const values = (_: string, name: string) => (name === 'topdesk-password' ? value : undefined);
    const prepared = await configure(declaredOf(await stored()), { values, ends: () => end });
    await prepared.apply();
  };

  it('reads back as a declaration that changes nothing', async () => {
    await tenancy.apply(aalterYaml);
    const { plans } = await configure(declaredOf(await stored()));
    expect(plans).toEqual([{ tenant: 'aalter', changes: [] }]);
    expect(declaredOf(await stored())).toEqual({
      ...(parse(aalterYaml) as object),
      credentials: [
        {
          name: 'meldpunt',
          sources: ['urn:lb:aalter:meldpunt'],
          types: ['*'],
          system: 'meldpunt',
        },
      ],
    });
  });

  it('takes a secret that only who has the secret key opens, and says until when', async () => {
    await tenancy.apply(aalterYaml);
    await put('nieuw wachtwoord', new Date('2027-01-31T00:00:00Z'));
    expect(await tenancy.settings()).toMatchObject({ password: 'nieuw wachtwoord' });
    const [newest] = await tenancy.owner.scoped('aalter', (trx) =>
      trx.selectFrom('tenants.secret').selectAll().orderBy('version', 'desc').execute(),
    );
    expect(newest?.sealed[0]).toBe(2);
    expect(newest?.expires_at).toEqual(new Date('2027-01-31T00:00:00Z'));
    tenancy.secrets = { 'aalter|topdesk-password': 'nieuw wachtwoord' };
    expect(await tenancy.words(aalterYaml)).toBe('');
  });

  it('is made without the secret key, gets one when it is applied, and both open', async () => {
    const declared = parse(aalterYaml) as object;
    const value = (name: string) => (name === 'meldpunt-key' ? 'lb_aalter_x' : 'eerste');
    await (await configure(declared, { values: (_, name) => value(name) })).apply();
    expect(await tenancy.settings()).toMatchObject({ password: 'eerste' });
    tenancy.secrets = { 'aalter|topdesk-password': 'tweede', 'aalter|meldpunt-key': 'lb_aalter_x' };
    expect(await tenancy.words(aalterYaml)).toBe('aalter:\n  ~ secret topdesk-password: changed');
    await tenancy.apply(aalterYaml);
    expect(await tenancy.settings()).toMatchObject({ password: 'tweede' });
    expect(await tenancy.words(aalterYaml)).toBe('');
  });

  it('brings a secret that was sealed to a former key under the current one', async () => {
    await tenancy.apply(aalterYaml);
    await put('nieuw');
    const former = tenancy.keys.secret[0];
    tenancy.keys.secret = [{ id: 'later', bytes: Buffer.alloc(32, 7) }, former];
    tenancy.secrets = {};
    expect(await tenancy.words(aalterYaml)).toContain('wrapped with the current key');
    await tenancy.apply(aalterYaml);
    tenancy.keys.secret = [tenancy.keys.secret[0]];
    expect(await tenancy.settings()).toMatchObject({ password: 'nieuw' });
  });

  it('refuses what was read before another changed it, and names who and what', async () => {
    await tenancy.apply(aalterYaml);
    const late = await configure({ ...declaredOf(await stored()), name: 'Aalter' });
    await put('nieuw');
    const refused = await late.apply().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ChangedMeanwhile);
    expect(String(refused)).toContain('by an.voorbeeld: ~ secret topdesk-password: changed');
    expect((await stored()).name).toBe('Gemeente Aalter');
  });

  it('remembers each change, and how it stands beside the last applied file', async () => {
    await tenancy.apply(aalterYaml);
    await (await configure({ ...declaredOf(await stored()), kbo: '0207433217' })).apply();
    const request = { tenant: 'aalter', credential: 'meldpunt', dropOldest: false, author };
    await addKey(database, request);
    const changes = await database.scoped('aalter', (trx) => readChanges(trx, 'aalter', 0));
    expect(changes.map(({ version, via, words }) => [version, via, words.at(-1)])).toEqual([
      [1, 'apply', '+ credential meldpunt'],
      [2, 'console', '~ kbo "0207433216" → "0207433217"'],
      [3, 'console', '~ credential meldpunt: a new key'],
    ]);
    expect(changes[1]).toMatchObject(author);
    const applied = await database.scoped('aalter', (trx) => readLastApplied(trx, 'aalter'));
    expect(applied && stateDifferences(applied.state, await stored())).toEqual([
      { sign: '~', words: 'kbo "0207433216" → "0207433217"' },
    ]);
    expect(JSON.stringify(applied?.state)).not.toContain(tokenHash('lb_aalter_first'));
  });

  it('lets the former key of an application be valid until a moment, and ends one at once', async () => {
    await tenancy.apply(aalterYaml);
    const request = { tenant: 'aalter', credential: 'meldpunt', author };
    const end = new Date(Date.now() + 3_600_000);
    const next = await addKey(database, { ...request, dropOldest: false, othersEndAt: end });
    const { byApiKeyHash } = await tenancy.directory();
    expect(byApiKeyHash(tokenHash('lb_aalter_first'))?.expiresAt).toEqual(end);
    expect(byApiKeyHash(tokenHash(next))?.expiresAt).toBeNull();
    tenancy.secrets = {};
    const undeclared = aalterYaml.replace('    keys: [ { secret: meldpunt-key } ]\n', '');
    expect(await tenancy.words(undeclared)).toBe('');
    await endKey(database, { ...request, key: tokenHash(next).slice(0, 12) });
    expect((await tenancy.directory()).byApiKeyHash(tokenHash(next))).toBeNull();
    await expect(endKey(database, { ...request, key: 'x' })).rejects.toThrow('has no such key');
  });

  it('lets no process write tenants but as lbbus_configure, and that one no messages', async () => {
    await tenancy.apply(aalterYaml);
    await expect(
      database.scoped('aalter', (trx) =>
        trx.selectFrom('monitoring.message').selectAll().execute(),
      ),
    ).rejects.toThrow('permission denied');
    await expect(
      addKey(tenancy.database, {
        ...{ tenant: 'aalter', credential: 'meldpunt', dropOldest: false },
      }),
    ).rejects.toThrow('permission denied');
  });
});
