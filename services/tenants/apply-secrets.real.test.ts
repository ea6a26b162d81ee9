import {
  aalterYaml,
  beringenYaml,
  newRing,
  openTenancy,
  type Tenancy,
} from '#infra/testing/tenancy.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addKey } from './add-key.js';
import { tokenHash } from './tokens.js';

describe('apply, with secrets and keys', () => {
  let tenancy: Tenancy;
  beforeEach(async () => {
    tenancy = await openTenancy();
  });
  afterEach(() => tenancy.drop());

  it('needs the values of secrets once: later they stay as they are', async () => {
    await tenancy.apply(aalterYaml);
    tenancy.secrets = {};
    expect(await tenancy.words(aalterYaml)).toBe('');
    expect(await tenancy.apply(aalterYaml)).toEqual([]);
    expect(await tenancy.settings()).toMatchObject({ password: 'correct horse' });
  });

  it('names a secret that has no value anywhere, and writes nothing of any tenant', async () => {
    tenancy.secrets = {};
    await expect(tenancy.apply(`${beringenYaml}---${aalterYaml}`)).rejects.toThrow(
      /tenants\.yaml:\d+: connectors\.topdesk\.settings\.password: unknown secret "topdesk-password": give its value/,
    );
    expect((await tenancy.directory()).tenants.size).toBe(0);
  });

  it('says only that a secret changed, keeps two versions and gives the newest', async () => {
    await tenancy.apply(aalterYaml);
    for (const value of ['second', 'third']) {
      tenancy.secrets = { 'aalter|topdesk-password': value };
      expect(await tenancy.words(aalterYaml)).toBe('aalter:\n  ~ secret topdesk-password: changed');
      await tenancy.apply(aalterYaml);
    }
    expect(await tenancy.settings()).toMatchObject({ password: 'third' });
    const rows = await tenancy.owner.scoped('aalter', (trx) =>
      trx.selectFrom('tenants.secret').select('version').orderBy('version').execute(),
    );
    expect(rows).toEqual([{ version: 2 }, { version: 3 }]);
  });

  it('moves an application from one key to the next: both valid, then only the new one', async () => {
    await tenancy.apply(aalterYaml);
    const two = aalterYaml.replace(
      '[ { secret: meldpunt-key } ]',
      '[ { secret: new-key }, { secret: meldpunt-key } ]',
    );
    tenancy.secrets = { 'aalter|new-key': 'lb_aalter_second' };
    await tenancy.apply(two);
    const both = await tenancy.directory();
    expect(both.byApiKeyHash(tokenHash('lb_aalter_first'))).not.toBeNull();
    expect(both.byApiKeyHash(tokenHash('lb_aalter_second'))).not.toBeNull();
    await tenancy.apply(aalterYaml.replace('meldpunt-key', 'new-key'));
    const one = await tenancy.directory();
    expect(one.byApiKeyHash(tokenHash('lb_aalter_first'))).toBeNull();
    expect(one.byApiKeyHash(tokenHash('lb_aalter_second'))).not.toBeNull();
  });

  it('leaves alone the keys that were made on the command line', async () => {
    const undeclared = aalterYaml.replace('    keys: [ { secret: meldpunt-key } ]\n', '');
    await tenancy.apply(undeclared);
    const request = { tenant: 'aalter', credential: 'meldpunt', dropOldest: false };
    const [first, second] = [
      await addKey(tenancy.owner, request),
      await addKey(tenancy.owner, request),
    ];
    await expect(addKey(tenancy.owner, request)).rejects.toThrow('has two valid keys');
    const third = await addKey(tenancy.owner, { ...request, dropOldest: true });
    await tenancy.apply(undeclared);
    const { byApiKeyHash } = await tenancy.directory();
    expect([first, second, third].map((key) => byApiKeyHash(tokenHash(key)) !== null)).toEqual([
      false,
      true,
      true,
    ]);
    await expect(addKey(tenancy.owner, { ...request, credential: 'geen' })).rejects.toThrow(
      'tenant aalter has no credential "geen"',
    );
  });

  it('refuses one key for two credentials, also of two tenants', async () => {
    await tenancy.apply(aalterYaml);
    const hash = tokenHash('lb_aalter_first');
    const other = `${beringenYaml}credentials: [ { name: kopie, keys: [ { sha256: "${hash}" } ] } ]\n`;
    await expect(tenancy.apply(other)).rejects.toThrow(
      'credential kopie has the same key, client or token as aalter: credential meldpunt',
    );
  });

  it('wraps the data keys with the new key of the deployment, which then opens them alone', async () => {
    await tenancy.apply(aalterYaml);
    const before = (await tenancy.directory()).tenants.get('aalter')?.bodyKeys;
    const [oldBody, oldSecret] = [tenancy.keys.body[0], tenancy.keys.secret[0]];
    tenancy.keys = {
      body: [...newRing('body-2'), oldBody],
      secret: [...newRing('secret-2'), oldSecret],
    };
    expect(await tenancy.words(aalterYaml)).toBe(
      'aalter:\n  ~ data keys: wrapped with the current key',
    );
    await tenancy.apply(aalterYaml);
    tenancy.keys = { body: [tenancy.keys.body[0]], secret: [tenancy.keys.secret[0]] };
    expect((await tenancy.directory()).tenants.get('aalter')?.bodyKeys).toEqual(before);
    expect(await tenancy.settings()).toMatchObject({ password: 'correct horse' });
  });

  it('says whose keys do not open with the key files of another deployment', async () => {
    await tenancy.apply(aalterYaml);
    tenancy.keys = { body: newRing('body'), secret: newRing('secret') };
    await expect(tenancy.words(aalterYaml)).rejects.toThrow(
      'the keys of tenant aalter cannot be opened with these key files',
    );
  });

  it('seals each secret for its place: moved to another name or tenant it does not open', async () => {
    await tenancy.apply(aalterYaml);
    await tenancy.owner.scoped('aalter', (trx) =>
      trx.updateTable('tenants.secret').set({ version: 7 }).execute(),
    );
    await expect(tenancy.settings()).rejects.toThrow('sealed for another place');
  });
});
