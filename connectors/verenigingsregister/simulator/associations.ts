/** An association in the register; V0001001 and its like are invented. */
export interface Association {
  readonly vCode: string;
  readonly deleted: boolean;
  /** Version in the register: its ETag. */
  readonly version: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

interface Kind {
  readonly type: readonly [code: string, name: string];
  readonly class: string;
}

const feitelijk: Kind = {
  type: ['FV', 'Feitelijke vereniging'],
  class: 'fei:FeitelijkeVerenigingen',
};
const vzw: Kind = {
  type: ['VZW', 'Vereniging zonder winstoogmerk'],
  class: 'regorg:RegisteredOrganization',
};

const sleutel = (vCode: string, bron: string, waarde: string): unknown => ({
  '@id': `identificatoren:${vCode}-${bron}`,
  '@type': 'adms:Identifier',
  bron,
  waarde,
  codeerSysteem: bron === 'VR' ? 'vCode' : 'KBO nummer',
  gestructureerdeIdentificator: {
    '@id': `ges:${vCode}-${bron}`,
    '@type': 'generiek:GestructureerdeIdentificator',
    nummer: waarde,
  },
});

const association = (
  vCode: string,
  kind: Kind,
  own: Readonly<Record<string, unknown>>,
): Association => ({
  vCode,
  deleted: false,
  version: 3,
  detail: {
    '@type': kind.class,
    vCode,
    corresponderendeVCodes: [],
    verenigingstype: { code: kind.type[0], naam: kind.type[1] },
    roepnaam: '',
    korteNaam: '',
    korteBeschrijving: '',
    startdatum: '2004-03-01',
    einddatum: null,
    doelgroep: { minimumleeftijd: 0, maximumleeftijd: 150 },
    status: 'Actief',
    isUitgeschrevenUitPubliekeDatastroom: false,
    contactgegevens: [],
    locaties: [],
    vertegenwoordigers: [],
    hoofdactiviteitenVerenigingsloket: [],
    werkingsgebieden: [],
    sleutels: [sleutel(vCode, 'VR', vCode)],
    relaties: [],
    lidmaatschappen: [],
    bankrekeningnummers: [],
    isDubbelVan: '',
    bron: 'Initiator',
    ...own,
  },
});

const hall = {
  '@id': 'loc:V0001001-1',
  '@type': 'org:Site',
  locatieId: 1,
  locatietype: 'Activiteiten',
  isPrimair: true,
  adresvoorstelling: 'Markt 1, 9880 Aalter, België',
  naam: 'Oefenlokaal',
  adres: {
    '@id': 'adressen:V0001001-1',
    '@type': 'locn:Address',
    straatnaam: 'Markt',
    huisnummer: '1',
    busnummer: '',
    postcode: '9880',
    gemeente: 'Aalter',
    land: 'België',
  },
  adresId: { broncode: 'AR', bronwaarde: 'https://data.vlaanderen.be/id/adres/1' },
  verwijstNaar: { '@id': 'adressenregister:1', '@type': 'geregistreerdAdres' },
  bron: 'Initiator',
};

const chair = {
  '@id': 'person:V0001001-1',
  '@type': 'person:Person',
  vertegenwoordigerId: 1,
  insz: '80610112322',
  voornaam: 'Bo',
  achternaam: 'Voorbeeld',
  roepnaam: '',
  rol: 'Voorzitter',
  isPrimair: true,
  'e-mail': 'bo@example.org',
  telefoon: '',
  mobiel: '',
  socialMedia: '',
  bron: 'Initiator',
};

const contact = (
  id: number,
  [type, value]: readonly [string, string],
  description = '',
): unknown => ({
  '@id': `cont:V0001001-${id}`,
  '@type': 'schema:ContactPoint',
  contactgegevenId: id,
  contactgegeventype: type,
  waarde: value,
  beschrijving: description,
  isPrimair: id === 1,
  bron: 'Initiator',
});

/** What every register of the simulator knows. */
export const associations: readonly Association[] = [
  association('V0001001', feitelijk, {
    naam: 'Harmonie De Voorbeelden',
    korteNaam: 'De Voorbeelden',
    korteBeschrijving: 'Muziek in groep.',
    contactgegevens: [
      contact(1, ['E-mail', 'harmonie@example.org'], 'Algemeen'),
      contact(2, ['SocialMedia', 'example.org/harmonie']),
    ],
    locaties: [hall],
    vertegenwoordigers: [chair],
    hoofdactiviteitenVerenigingsloket: [
      {
        '@id': 'act:5f0c1c2e-0d0c-5a5e-8a11-3f5c0a6c9d01',
        '@type': 'skos:Concept',
        code: 'CULT',
        naam: 'Cultuur',
      },
    ],
  }),
  association('V0001002', vzw, {
    naam: 'Vissers van het Kanaal',
    roepnaam: 'De Vissers',
    status: 'Gestopt',
    einddatum: '2024-12-31',
    sleutels: [sleutel('V0001002', 'VR', 'V0001002'), sleutel('V0001002', 'KBO', '0990000113')],
    bron: 'KBO',
  }),
  { ...association('V0001003', feitelijk, { naam: 'Verwijderd' }), deleted: true },
];
