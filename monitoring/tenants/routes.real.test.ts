import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asking, freeTypes, melding, tenantWith, topdesk } from '#infra/testing/configured.js';
import { openWatch, type Watch } from '#infra/testing/watch.js';

const reason = 'Vraag 2026-202 van de gemeente';

describe('routes that are tried, and those of a new tenant', () => {
  let watch: Watch;
  beforeAll(async () => {
    watch = await openWatch();
    await watch.tenancy.apply(tenantWith('dessel'));
  });
  afterAll(() => watch.end());
  const asked = asking(() => watch);

  it('tells which routes a message takes and why not the others, and what is wrong with it', async () => {
    const routes = [
      { when: { type: melding.type }, to: ['meldpunt'] },
      {
        when: { type: melding.type },
        filter: { all: [{ exact: { verwerking: 'anders' } }, { prefix: { source: 'urn:' } }] },
        to: ['topdesk'],
      },
      { when: { type: freeTypes.status }, to: ['meldpunt'] },
    ];
    const trial = (body: object) => asked('POST', 'tenants/dessel/routes/try', body);
    expect(await trial({ message: melding, routes })).toEqual([
      200,
      {
        targets: ['meldpunt'],
        refusal: null,
        routes: [
          expect.objectContaining({ matches: true, typeMatches: true, filter: null }),
          expect.objectContaining({
            matches: false,
            typeMatches: true,
            filter: expect.objectContaining({
              dialect: 'all',
              parts: [
                expect.objectContaining({
                  holds: false,
                  tests: [{ attribute: 'verwerking', wanted: 'anders', holds: false }],
                }),
                expect.objectContaining({ holds: true }),
              ],
            }),
          }),
          expect.objectContaining({ matches: false, typeMatches: false }),
        ],
      },
    ]);
    const broken = { ...melding, data: { ...melding.data, heeftBody: [] } };
    expect(await trial({ message: broken, routes })).toMatchObject([
      200,
      { targets: null, refusal: { code: 'invalid', errors: [{ pointer: '/data/heeftBody' }] } },
    ]);
    const filter = { exact: { Verwerking: 'x' } };
    expect(await trial({ message: melding, routes: [{ ...routes[0], filter }] })).toMatchObject([
      422,
      { errors: [{ pointer: '/routes/0/filter/exact/Verwerking' }] },
    ]);
    const stored = '00000000-0000-4000-8000-000000000000';
    expect(await trial({ stored })).toMatchObject([404, {}]);
    expect(await trial({ stored, routes })).toMatchObject([403, { code: 'forbidden' }]);
  });

  it('makes a tenant, and proposes routes by what its connectors take and tell', async () => {
    const declaration = {
      tenant: 'lille',
      name: 'Gemeente Lille',
      bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/lille',
      kbo: '0207503080',
      connectors: { topdesk, meldpunt: { connector: 'postvak' } },
    };
    const secrets = { 'topdesk-password': { value: 'geheim' } };
    const made = await asked('POST', 'tenants', { declaration, secrets, reason });
    expect(made).toMatchObject([201, { version: 1 }]);
    expect(await asked('POST', 'tenants', { declaration, secrets, reason })).toMatchObject([
      409,
      { detail: 'Er is al een bestuur lille.' },
    ]);
    const { routes } = (await watch.read('/admin/v1/tenants/lille/routes/proposal')) as {
      routes: object[];
    };
    expect(routes).toEqual([
      { when: { type: 'be.lbbus.melding.aangevuld.v1' }, to: ['meldpunt', 'topdesk'] },
      { when: { type: 'be.lbbus.melding.ingediend.v1' }, to: ['topdesk'] },
      { when: { type: 'be.lbbus.melding.status-gewijzigd.v1' }, to: ['meldpunt', 'topdesk'] },
    ]);
    const now = (await watch.read('/admin/v1/tenants/lille/declaration')) as {
      version: number;
      declaration: object;
    };
    expect(
      await asked('PUT', 'tenants/lille/declaration', {
        ...{ version: now.version, declaration: { ...now.declaration, routes }, reason },
      }),
    ).toMatchObject([200, { version: 2 }]);
  });

  it('tells which connectors there are, with forms in which no secret is a text', async () => {
    const { connectors } = (await watch.read('/admin/v1/catalogue')) as {
      connectors: { id: string; settings: { properties: Record<string, object> } }[];
    };
    const known = connectors.find(({ id }) => id === 'topdesk');
    expect(known?.settings.properties['password']).toMatchObject({
      type: 'object',
      'x-secret': true,
      description: expect.stringContaining('password'),
    });
  });
});
