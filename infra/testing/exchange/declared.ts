import { meldingAangevuld, meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';

const tables = {
  topdesk:
    'processingStatuses: { In onderzoek: In behandeling, Heringediend: In behandeling, Opgelost: Afgemeld, Afgewezen: Afgewezen, Gesloten: Gesloten, Ingetrokken: Gesloten }, pollSeconds: 1, tellProgress: true',
  dynamics365:
    'statuscodes: { In onderzoek: { statecode: 0, statuscode: 4 }, Heringediend: { statecode: 0, statuscode: 2 }, Opgelost: { statecode: 1, statuscode: 5 }, Afgewezen: { statecode: 2, statuscode: 6 }, Gesloten: { statecode: 2, statuscode: 2000 }, Ingetrokken: { statecode: 2, statuscode: 2000 } }, pollSeconds: 1, noteMarker: "Melder:"',
};

/** IRI of the bestuurseenheid of a tenant. */
export const iriOf = (tenant: string): string =>
  `http://data.lblod.info/id/bestuurseenheden/${tenant}`;

const [melding, status, addition] = [
  meldingIngediend,
  meldingStatusGewijzigd,
  meldingAangevuld,
].map(({ type }) => type);

/**
 * Aalter, whose meldingen go to both systems or, by who is to handle them, to Beringen or Dessel; Beringen, which takes them over;
 * Dessel, which does not.
 */
export const threeTenants = (settings: (system: string, tenant: string) => string): string => `
tenant: aalter
name: Gemeente Aalter
bestuurseenheid: ${iriOf('aalter')}
kbo: "0207433216"
verwerkingen: [meldingen-openbaar-domein]
connectors:
  topdesk: { settings: { ${settings('topdesk', 'aalter')}, ${tables.topdesk} } }
  dynamics365: { settings: { ${settings('dynamics365', 'aalter')}, ${tables.dynamics365} } }
  meldpunt: { connector: postvak }
  beringen: { connector: overdracht, settings: { tenant: beringen, verwerking: meldingen-openbaar-domein } }
  dessel: { connector: overdracht, settings: { tenant: dessel } }
routes:
  - { when: { type: ${melding} }, filter: { exact: { data.behandelaar.@id: "${iriOf('aalter')}" } }, to: [ topdesk, dynamics365 ] }
  - { when: { type: ${melding} }, filter: { exact: { data.behandelaar.@id: "${iriOf('beringen')}" } }, to: [ beringen ] }
  - { when: { type: ${melding} }, filter: { exact: { data.behandelaar.@id: "${iriOf('dessel')}" } }, to: [ dessel ] }
  - { when: { type: ${status} }, to: [ topdesk, dynamics365, meldpunt, beringen ] }
  - { when: { type: ${addition} }, to: [ topdesk, dynamics365, meldpunt, beringen ] }
---
tenant: beringen
name: Stad Beringen
bestuurseenheid: ${iriOf('beringen')}
kbo: "0207469641"
verwerkingen: [andere, meldingen]
connectors:
  topdesk: { settings: { ${settings('topdesk', 'beringen')}, ${tables.topdesk} } }
  aalter: { connector: overdracht, settings: { tenant: aalter, accepts: true, verwerking: meldingen } }
routes:
  - { when: { type: ${melding} }, to: [ topdesk, aalter ] }
  - { when: { type: ${status} }, to: [ topdesk, aalter ] }
  - { when: { type: ${addition} }, to: [ topdesk, aalter ] }
---
tenant: dessel
name: Gemeente Dessel
bestuurseenheid: ${iriOf('dessel')}
kbo: "0207503988"
verwerkingen: [meldingen]
`;
