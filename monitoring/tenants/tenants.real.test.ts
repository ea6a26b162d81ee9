import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenHash } from '#tenants/tokens.js';
import { openWatch, tokenOf, type Watch } from '#infra/testing/watch.js';
import { asking, tenantWith, topdesk } from '#infra/testing/configured.js';

const meldpunt = { connector: 'postvak' };
const reason = 'Vraag 2026-201 van de gemeente';

interface View {
  readonly version: number;
  readonly declaration: Record<string, unknown> & { readonly connectors?: object };
  readonly secrets: readonly object[];
  readonly applied: { readonly differs: readonly { readonly words: string }[] } | null;
  readonly fixed: readonly string[];
}

describe('a tenant that operators change', () => {
  let watch: Watch;
  beforeAll(async () => {
    watch = await openWatch();
    await watch.tenancy.apply(tenantWith('dessel'));
  });
  afterAll(() => watch.end());

  const asked = asking(() => watch);
  const view = (tenant = 'dessel') =>
    watch.read(`/admin/v1/tenants/${tenant}/declaration`) as Promise<View>;
  const change = async (connectors: object, secrets: object = {}, extra: object = {}) => {
    const { version, declaration } = await view();
    return { version, declaration: { ...declaration, connectors }, secrets, reason, ...extra };
  };
  const actions = () =>
    watch.tenancy.database.scoped('*', (trx) =>
      trx.selectFrom('monitoring.operator_action').selectAll().orderBy('id').execute(),
    );

  it('shows the difference first, then saves it with who and why, and the secret opens where it should', async () => {
    const secrets = {
      'topdesk-password': { value: 'correct horse', expiresAt: '2027-01-31' },
    };
    const body = await change({ topdesk, meldpunt }, secrets);
    const plan = { ...body, reason: undefined };
    expect(await asked('POST', 'tenants/dessel/declaration/plans', plan)).toEqual([
      200,
      {
        changes: [
          { sign: '+', words: 'secret topdesk-password' },
          { sign: '+', words: 'connector topdesk' },
        ],
        leftBehind: [],
      },
    ]);
    expect((await view()).declaration.connectors).toEqual({ meldpunt: { connector: 'postvak' } });
    expect(await asked('PUT', 'tenants/dessel/declaration', body)).toMatchObject([
      200,
      { version: 2, tokens: [] },
    ]);
    expect(await view()).toMatchObject({
      version: 2,
      secrets: [{ name: 'topdesk-password', expiresAt: '2027-01-31', usedBy: ['topdesk'] }],
      applied: { differs: [{ words: 'connector topdesk' }] },
      fixed: [],
    });
    expect((await actions()).at(-1)).toMatchObject({
      tenant: 'dessel',
      operator: 'operator',
      action: 'configure',
      reason,
      subject: { changed: 'secret topdesk-password, connector topdesk', version: '2' },
    });
  });

  it('tells what is wrong at its field, of settings as of a secret, and writes nothing', async () => {
    const wrong = { ...topdesk, settings: { ...topdesk.settings, baseUrl: 'ftp://x', kleur: 1 } };
    expect(
      await asked('PUT', 'tenants/dessel/declaration', await change({ topdesk: wrong })),
    ).toEqual([
      422,
      expect.objectContaining({
        errors: expect.arrayContaining([
          {
            pointer: '/declaration/connectors/topdesk/settings/baseUrl',
            code: 'pattern',
            detail: expect.stringMatching(/^dit heeft niet de goede vorm \(\^https/),
          },
          expect.objectContaining({
            pointer: '/declaration/connectors/topdesk/settings/kleur',
            code: 'unknown-property',
          }),
        ]),
      }),
    ]);
    const endpoint = {
      connector: 'backend',
      settings: { url: 'https://app.example/inbox', secret: { secret: 'app-secret' } },
    };
    const body = await change(
      { app: endpoint, meldpunt },
      { 'app-secret': { value: 'too simple' } },
    );
    const [status, problem] = await asked('PUT', 'tenants/dessel/declaration', body);
    expect([status, problem]).toMatchObject([
      422,
      { errors: [{ pointer: '/declaration/connectors/app/settings/secret', code: 'pattern' }] },
    ]);
    expect(JSON.stringify(problem)).not.toContain('too simple');
    const strange = await change({}, { x: { value: 5 } });
    expect(await asked('PUT', 'tenants/dessel/declaration', strange)).toMatchObject([
      400,
      { errors: [{ pointer: '/secrets/x', code: 'secret', detail: 'de waarde is geen tekst' }] },
    ]);
  });

  it('refuses a change of what somebody changed meanwhile, and says who', async () => {
    const late = await change({ meldpunt: { connector: 'postvak' } });
    const between = await view();
    await asked('PUT', 'tenants/dessel/declaration', {
      ...{ version: between.version, reason },
      declaration: { ...between.declaration, name: 'Gemeente Dessel (nieuw)' },
    });
    expect(await asked('PUT', 'tenants/dessel/declaration', late)).toMatchObject([
      412,
      { detail: expect.stringContaining('door operator: ~ name "Gemeente Dessel"') },
    ]);
    const [, { changes }] = (await asked('GET', 'tenants/dessel/changes')) as unknown as [
      number,
      { changes: { by: string; version: number; reason: string }[] },
    ];
    expect(changes[0]).toMatchObject({ by: 'operator', version: between.version + 1, reason });
  });

  it("lets a tenant's administrator change what is the tenant's, and nothing of the service or of another", async () => {
    const as = tokenOf('tenant-administrator');
    const { version, declaration } = await view('beringen');
    const put = (more: object) =>
      asked(
        'PUT',
        'tenants/beringen/declaration',
        {
          ...{ version, reason, declaration: { ...declaration, ...more } },
        },
        as,
      );
    for (const more of [
      { rate: { perSecond: 10_000, burst: 10_000 } },
      { allowedHosts: ['10.0.0.1'] },
      { credentials: [{ name: 'x', oauth: { issuer: 'https://op.example', clientId: 'y' } }] },
    ])
      expect(await put(more)).toMatchObject([403, { code: 'forbidden', errors: [{}] }]);
    expect(await put({ connectors: { meldpunt: { connector: 'postvak' } } })).toMatchObject([
      200,
      { changes: [{ words: 'connector meldpunt' }] },
    ]);
    for (const [method, path, body] of [
      ['GET', 'tenants/dessel/declaration'],
      ['GET', 'tenants/dessel/credentials'],
      ['PUT', 'tenants/dessel/declaration', await change({})],
      ['POST', 'tenants/dessel/credentials/meldpunt/keys', { reason }],
      ['POST', 'tenants/dessel/routes/try', { message: {} }],
    ] as const)
      expect(await asked(method, path, body, as)).toMatchObject([404, {}]);
    const other = { declaration: { ...declaration, tenant: 'nieuw' }, reason };
    expect(await asked('POST', 'tenants', other, as)).toMatchObject([403, {}]);
    expect(
      await asked(
        'PUT',
        'tenants/beringen/declaration',
        { version, reason, declaration: other.declaration },
        as,
      ),
    ).toMatchObject([400, {}]);
    expect(
      await asked('PUT', 'tenants/dessel/declaration', await change({}), tokenOf('reader')),
    ).toMatchObject([403, {}]);
  });

  it('makes, rotates and ends a key, each recorded, and shows its value once', async () => {
    const keys = 'tenants/dessel/credentials/meldpunt/keys';
    const make = async (more: object = {}) => {
      const [status, body] = await asked('POST', keys, { reason, ...more });
      expect(status).toBe(201);
      return (body as { key: string }).key;
    };
    const [first] = [await make()];
    const end = new Date(Date.now() + 3_600_000).toISOString();
    const second = await make({ othersEndAt: end });
    expect(await asked('POST', keys, { reason })).toMatchObject([409, { code: 'conflict' }]);
    const { credentials } = (await watch.read('/admin/v1/tenants/dessel/credentials')) as {
      credentials: { name: string; keys: { id: string; endsAt: string | null }[] }[];
    };
    expect(credentials).toMatchObject([
      { name: 'meldpunt', keys: [{ endsAt: end }, { endsAt: null }] },
    ]);
    expect(JSON.stringify(credentials)).not.toContain(tokenHash(first));
    const id = tokenHash(second).slice(0, 12);
    expect(await asked('DELETE', `${keys}/${id}`, { reason })).toEqual([204, null]);
    const { byApiKeyHash } = await watch.tenancy.directory();
    expect([
      byApiKeyHash(tokenHash(first))?.expiresAt?.toISOString(),
      byApiKeyHash(tokenHash(second)),
    ]).toEqual([end, null]);
    expect((await actions()).slice(-3).map(({ action }) => action)).toEqual([
      'new-key',
      'new-key',
      'end-key',
    ]);
  });
});
