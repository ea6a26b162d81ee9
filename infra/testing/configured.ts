import { meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { tokenOf, type Watch } from './watch.js';

/** Settings as the connector takes them; the secret is by its name. */
export const topdesk = {
  settings: {
    baseUrl: 'https://td.example',
    username: 'lb-bus',
    password: { secret: 'topdesk-password' },
  },
};

/** A tenant with a postvak and one application, for changes of it. */
export const tenantWith = (tenant: string): string => `
tenant: ${tenant}
name: Gemeente ${tenant.charAt(0).toUpperCase()}${tenant.slice(1)}
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/${tenant}
kbo: "0207504812"
verwerkingen: [meldingen-openbaar-domein]
connectors:
  meldpunt: { connector: postvak }
credentials:
  - { name: meldpunt, sources: [ "urn:lb:${tenant}:meldpunt" ], types: [ "*" ], system: meldpunt }
`;

/** Types that routes are made of. */
export const freeTypes = { melding: meldingIngediend.type, status: meldingStatusGewijzigd.type };

/** A melding that may enter. */
export const melding = {
  specversion: '1.0',
  id: '2026-000201',
  source: 'urn:lb:dessel:meldpunt',
  type: meldingIngediend.type,
  subject: 'https://meldingen.dessel.example/id/melding/2026-000201',
  time: '2026-03-09T10:15:00Z',
  datacontenttype: 'application/ld+json',
  verwerking: 'meldingen-openbaar-domein',
  data: {
    '@context': 'urn:lb-bus:context:melding:v1',
    '@type': 'Melding',
    titel: 'Losse tegel',
    meldingstype: [{ '@id': 'https://data.dessel.example/id/concept/Meldingstype/voetpad' }],
    indiener: { '@type': 'Agent' },
    behandelaar: { '@id': 'http://data.lblod.info/id/bestuurseenheden/dessel' },
    heeftBody: [{ '@type': 'MeldingBody', beschrijving: 'Aan de hoek.' }],
  },
};

/** Asks the operators' API as an operator, or with another token; answers status and parsed body. */
export const asking =
  (watch: () => Watch) =>
  async (
    method: string,
    path: string,
    body?: object,
    as = tokenOf('operator'),
  ): Promise<readonly [number, unknown]> => {
    const answer = await watch().ask(`/admin/v1/${path}`, { method, ...(body && { body }), as });
    return [answer.status, answer.text === '' ? null : (JSON.parse(answer.text) as unknown)];
  };
