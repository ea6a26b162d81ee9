const forms = `  forms:
    scope: mbp_forms
    items:
${[1, 2, 3]
  .map(
    (number) => `      - id: form-${number}
        productId: "${number}"
        audience: https://formulieren.example
        embed: "https://formulieren.example/${number}?token={TEMP_SSO_TOKEN}"
        fallback: https://formulieren.example/${number}
        ssoTokenRegistrationApi: https://formulieren.example/sso
        thirdPartyCookieApi: https://formulieren.example/cookie`,
  )
  .join('\n')}`;

const beringen = (issuer: string): string => `tenant: beringen
name: Stad Beringen
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/beringen
kbo: "0207469641"
verwerkingen: [meldingen]
rate: { perSecond: 1, burst: 3 }
connectors: { desk: { connector: postvak } }
routes: [{ when: { type: be.lbbus.melding.ingediend.v1 }, to: [desk] }]
burgerprofiel:
  issuer: ${issuer}
  clients: [mbp-beringen]
  meldingen:
    scope: beringen_meldingen
    verwerking: meldingen
    iri: "https://meldingen.beringen.example/id/melding/{id}"
    categories: [{ id: "7", name: Voetpad, meldingstype: "urn:beringen:voetpad" }]
    schema:
      type: object
      required: [kind, what]
      properties:
        kind: { type: string }
        what: { type: object, required: [text], properties: { text: { type: string, minLength: 3 } } }
    mapping: { category: /kind, description: /what/text }
    names: { answer: { id: /reference }, configuration: { schema: /jsonSchema } }`;

/** Aalter offers everything, Beringen meldingen with a form and places of its own, Lede attesten that nobody answers in time. */
export const burgerprofielTenants = (issuer: string): string => `
tenant: aalter
name: Gemeente Aalter
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/aalter
kbo: "0207433216"
verwerkingen: [meldingen-openbaar-domein, dienstverlening]
rate: { perSecond: 1000, burst: 1000 }
connectors:
  desk: { connector: postvak }
  profiel: { connector: postvak }
  attesten: { connector: archief }
routes:
  - { when: { type: be.lbbus.melding.ingediend.v1 }, to: [desk, profiel] }
  - { when: { type: be.lbbus.attesten.opvragen.v1 }, to: [attesten] }
burgerprofiel:
  issuer: ${issuer}
  clients: [mbp]
  meldingen:
    verwerking: meldingen-openbaar-domein
    system: profiel
    categories:
      - { id: wegdek, name: { nl: Wegdek, fr: Chaussée }, meldingstype: "https://data.aalter.example/id/concept/Meldingstype/wegdek" }
      - { id: groen, name: Groen, meldingstype: "https://data.aalter.example/id/concept/Meldingstype/groen" }
    attachments: { most: 2, maxBytes: 100000, types: [image/png, application/pdf] }
  attesten: { scope: mbp_attesten, verwerking: dienstverlening, waitSeconds: 30 }
${forms}
credentials:
  - name: meldpunt
    keys: [{ sha256: "{key:lb_aalter_meldpunt}" }]
    sources: ["*"]
    types: ["*"]
    postvakken: [desk, profiel]
---
${beringen(issuer)}
---
tenant: lede
name: Gemeente Lede
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/lede
kbo: "0207441827"
verwerkingen: [dienstverlening]
connectors: { attesten: { connector: archief } }
routes: [{ when: { type: be.lbbus.attesten.opvragen.v1 }, to: [attesten] }]
burgerprofiel:
  issuer: ${issuer}
  clients: [mbp]
  attesten: { scope: mbp_attesten, verwerking: dienstverlening, waitSeconds: 1 }
`;
