/** Of the meldpunt of Aalter, which may send and fetch everything of its own. */
export const key = 'lb_aalter_meldpunt';
/** May send one type only. */
export const limitedKey = 'lb_aalter_limited';
/** Two tenants for tests of the door: `startTestGateway` reads them. */
export const tenants = `
tenant: aalter
name: Gemeente Aalter
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/aalter
kbo: "0207433216"
verwerkingen: [meldingen-openbaar-domein]
rate: { perSecond: 1000, burst: 1000 }
connectors:
  meldpunt: { connector: postvak }
  topdesk: { hook: { token: { secret: hook-of-topdesk } } }
routes:
  - { when: { type: be.lbbus.melding.ingediend.v1 }, to: [topdesk, meldpunt] }
credentials:
  - name: meldpunt
    keys: [{ sha256: "{key:${key}}" }]
    sources: ["urn:lb:aalter:meldpunt"]
    types: ["*"]
    postvakken: [meldpunt]
  - name: limited
    keys: [{ sha256: "{key:${limitedKey}}" }]
    sources: ["urn:lb:aalter:meldpunt"]
    types: [be.lbbus.melding.aangevuld.v1]
  - name: gone
    keys: [{ sha256: "{key:lb_aalter_gone}" }]
    sources: ["*"]
    types: ["*"]
    expires: "2026-01-01"
---
tenant: beringen
name: Stad Beringen
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/beringen
kbo: "0207469641"
rate: { perSecond: 1, burst: 2 }
credentials: [{ name: slow, keys: [{ sha256: "{key:lb_beringen_slow}" }] }]
`;
