import { randomBytes } from 'node:crypto';
import type { Sender } from '#intake/accepted.js';
import type { Directory, Route, Tenant } from '#tenants/directory.js';

export const meldingIngediend = 'be.lbbus.melding.ingediend.v1';
export const meldingSource = 'urn:lb:aalter:meldpunt';
export const meldingSubject = 'https://meldingen.aalter.example/id/melding/2026-000123';

/** Data of a melding that may enter. */
export const meldingData = (): Record<string, unknown> => ({
  '@context': 'urn:lb-bus:context:melding:v1',
  '@id': meldingSubject,
  '@type': 'Melding',
  titel: 'Put in het fietspad',
  meldingstype: [{ '@id': 'https://data.aalter.example/id/concept/Meldingstype/wegdek' }],
  indiener: { '@type': 'Agent' },
  behandelaar: { '@id': 'http://data.lblod.info/id/bestuurseenheden/aalter' },
  heeftBody: [{ '@type': 'MeldingBody', beschrijving: 'De put is ongeveer 10 cm diep.' }],
});

/** A whole CloudEvent that may enter for `aalterTenant`. */
export const meldingEvent = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  specversion: '1.0',
  id: '2026-000123',
  source: meldingSource,
  type: meldingIngediend,
  subject: meldingSubject,
  time: '2026-01-05T08:12:00Z',
  datacontenttype: 'application/ld+json',
  verwerking: 'meldingen-openbaar-domein',
  data: meldingData(),
  ...changes,
});

/** A tenant with one topdesk and one postvak; every melding goes to both. */
export const aalterTenant = (changes: Partial<Tenant> = {}): Tenant => ({
  id: 'aalter',
  name: 'Gemeente Aalter',
  bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/aalter',
  kbo: '0207433216',
  verwerkingen: ['meldingen-openbaar-domein'],
  rate: { perSecond: 50, burst: 100 },
  allowedHosts: [],
  connectors: new Map(
    ['topdesk', 'meldpunt'].map((name) => [
      name,
      { tenant: 'aalter', name, connector: name, settings: {}, enabled: true },
    ]),
  ),
  routes: [{ type: meldingIngediend, filter: null, targets: ['topdesk', 'meldpunt'] }],
  burgerprofiel: null,
  bodyKeys: [{ id: 'k1', bytes: randomBytes(32) }],
  ...changes,
});

export const routeOf = (changes: Partial<Route> = {}): Route => ({
  type: meldingIngediend,
  filter: null,
  targets: ['topdesk'],
  ...changes,
});

/** A directory of these tenants, without credentials. */
export const directoryOf = (...tenants: readonly Tenant[]): Directory => ({
  revision: 1,
  tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])),
  byApiKeyHash: () => null,
  byClient: () => null,
  byHookTokenHash: () => null,
});

/** The credential of the meldpunt of Aalter. */
export const meldpuntSender = (changes: Partial<Sender> = {}): Sender => ({
  tenant: 'aalter',
  sources: [meldingSource],
  types: ['*'],
  system: null,
  ...changes,
});
