import { aalterYaml, beringenYaml, openTenancy, type Tenancy } from '#infra/testing/tenancy.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tokenHash } from './tokens.js';

describe('apply', () => {
  let tenancy: Tenancy;
  beforeEach(async () => {
    tenancy = await openTenancy();
  });
  afterEach(() => tenancy.drop());

  it('shows a new tenant without its secrets, stores it, and then finds nothing to change', async () => {
    expect(await tenancy.words(aalterYaml)).toBe(
      [
        'aalter:',
        '  + tenant aalter (Gemeente Aalter)',
        '  + secret topdesk-password',
        '  + connector topdesk',
        '  + connector meldpunt',
        '  + route be.lbbus.melding.ingediend.v1 → topdesk, meldpunt',
        '  + credential meldpunt',
      ].join('\n'),
    );
    const tokens = await tenancy.apply(aalterYaml);
    expect(tokens).toEqual([
      {
        tenant: 'aalter',
        connector: 'topdesk',
        token: expect.stringMatching(/^lb_aalter_[\w-]{43}$/),
      },
    ]);
    expect(await tenancy.words(aalterYaml)).toBe('');
    const now = await tenancy.directory();
    expect(now.byApiKeyHash(tokenHash('lb_aalter_first'))).toMatchObject({
      tenant: 'aalter',
      name: 'meldpunt',
      system: 'meldpunt',
    });
    expect(now.byHookTokenHash(tokenHash(tokens[0]?.token ?? ''))).toMatchObject({
      name: 'topdesk',
    });
    expect(await tenancy.settings()).toEqual({
      baseUrl: 'https://td.example',
      password: 'correct horse',
    });
  });

  it('shows which setting changed and what no longer is declared', async () => {
    await tenancy.apply(aalterYaml);
    const changed = aalterYaml
      .replace('https://td.example', 'https://new.example')
      .replace(', meldpunt ]', ' ]')
      .replace('  meldpunt: { connector: postvak }\n', '')
      .replace('    system: meldpunt\n', '');
    expect(await tenancy.words(changed)).toBe(
      [
        'aalter:',
        '  ~ connector topdesk: settings.baseUrl "https://td.example" → "https://new.example"',
        '  - connector meldpunt',
        '  + route be.lbbus.melding.ingediend.v1 → topdesk',
        '  - route be.lbbus.melding.ingediend.v1 → topdesk, meldpunt',
        '  ~ credential meldpunt: system "meldpunt" → null',
      ].join('\n'),
    );
    await tenancy.apply(changed);
    expect(await tenancy.words(changed)).toBe('');
    expect((await tenancy.directory()).tenants.get('aalter')?.routes).toEqual([
      { type: 'be.lbbus.melding.ingediend.v1', filter: null, targets: ['topdesk'] },
    ]);
  });

  it('shows what Mijn Burgerprofiel is offered when it changes, and takes it back', async () => {
    const offered = `${aalterYaml}burgerprofiel: { issuer: "https://acm.example/op", clients: [mbp] }\n`;
    await tenancy.apply(offered);
    expect(await tenancy.words(offered)).toBe('');
    expect((await tenancy.directory()).tenants.get('aalter')?.burgerprofiel).toEqual({
      issuer: 'https://acm.example/op',
      clients: ['mbp'],
    });
    expect(await tenancy.words(offered.replace('[mbp]', '[mbp, mbp2]'))).toBe(
      'aalter:\n  ~ burgerprofiel.clients ["mbp"] → ["mbp","mbp2"]',
    );
    await tenancy.apply(aalterYaml);
    expect((await tenancy.directory()).tenants.get('aalter')?.burgerprofiel).toBeNull();
  });

  it('removes a tenant that is no longer declared only with prune, and forgets its keys', async () => {
    await tenancy.apply(`${beringenYaml}---${aalterYaml}`);
    expect(await tenancy.words(aalterYaml)).toBe('');
    expect(await tenancy.words(aalterYaml, { prune: true })).toBe(
      'beringen:\n  - tenant beringen: its keys are forgotten, nobody can read its messages any more',
    );
    await tenancy.apply(aalterYaml, { prune: true });
    expect([...(await tenancy.directory()).tenants.keys()]).toEqual(['aalter']);
  });

  it('raises the revision only when something changed', async () => {
    await tenancy.apply(aalterYaml);
    const { revision } = await tenancy.directory();
    await tenancy.apply(aalterYaml);
    expect((await tenancy.directory()).revision).toBe(revision);
  });

  it('does not let the role of the processes write what was declared', async () => {
    await tenancy.apply(aalterYaml);
    await expect(
      tenancy.database.scoped('aalter', (trx) =>
        trx
          .updateTable('tenants.credential')
          .set({ types: ['*'] })
          .execute(),
      ),
    ).rejects.toThrow('permission denied');
  });
});
