import { describe, expect, it } from '@jest/globals';
import { examplesOf, messageTypes, schemaOf } from './catalogue.js';
import { personalPlaces } from './personal.js';

const ingediend = 'be.lbbus.melding.ingediend.v1';
const kindsIn = (type: string, data: unknown) =>
  Object.fromEntries(personalPlaces(type, data).map(({ pointer, kind }) => [pointer, kind]));

it('finds what is of a person in a melding, and leaves what is not', () => {
  const data = {
    '@context': 'urn:lb-bus:context:melding:v1',
    '@id': 'urn:x:melding',
    '@type': 'Melding',
    titel: 'De hond van An',
    meldingstype: [{ '@id': 'urn:x:wegdek' }],
    indiener: {
      '@id': 'urn:uuid:1',
      '@type': ['Persoon', 'Agent'],
      voornaam: ['An', 'Jo'],
      achternaam: 'Voorbeeld',
      contactinfo: [
        { '@type': 'Contactpunt', email: 'an@example.org', website: 'https://x.example' },
      ],
    },
    heeftBody: [
      {
        '@type': 'MeldingBody',
        beschrijving: { '@value': 'Hij blaft', '@language': 'nl' },
        geometrie: { '@type': 'Geometrie', wkt: 'POINT (3 51)' },
      },
    ],
    heeftDoelwit: [
      { '@type': 'Adresvoorstelling', huisnummer: '12', verwijstNaar: { '@id': 'urn:adres:1' } },
    ],
    heeftStatus: [{ '@type': 'Meldingstatus', statusdatum: '2026-01-05T08:12:00Z' }],
  };
  expect(kindsIn(ingediend, data)).toEqual({
    '/titel': 'words',
    '/indiener/voornaam/0': 'name',
    '/indiener/voornaam/1': 'name',
    '/indiener/achternaam': 'name',
    '/indiener/contactinfo/0/email': 'contact',
    '/heeftBody/0/beschrijving/@value': 'words',
    '/heeftBody/0/geometrie/wkt': 'place',
    '/heeftDoelwit/0/huisnummer': 'address',
    '/heeftDoelwit/0/verwijstNaar/@id': 'address',
  });
});

it('takes for personal what no schema describes', () => {
  const data = { titel: 't', 'nieuw/veld': { diep: [1, null] } };
  expect(kindsIn(ingediend, data)).toEqual({ '/titel': 'words', '/nieuw~1veld/diep/0': 'unknown' });
  expect(kindsIn('be.lbbus.onbekend.v9', { a: 'b', '@id': 'urn:x' })).toEqual({
    '/a': 'unknown',
    '/@id': 'unknown',
  });
});

interface Named {
  readonly name: string;
  readonly node: Record<string, unknown>;
}

const propertiesIn = (node: unknown): Named[] => {
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as { properties?: Record<string, Record<string, unknown>> }).properties ?? {};
  return [
    ...Object.entries(own).map(([name, each]) => ({ name, node: each })),
    ...Object.values(node).flatMap(propertiesIn),
  ];
};

const alwaysPersonal =
  /^(voornaam|achternaam|volledigeNaam|gebruikteVoornaam|email|telefoon|fax|faxnummer|straatnaam|huisnummer|busnummer|postbus|postcode|volledigAdres|wkt|gml|geslacht|gezinsrelatietype|nationaliteit)$/;

describe.each([...messageTypes.keys()])('%s', (type) => {
  it('marks every name, number, address and way to reach somebody', () => {
    const unmarked = propertiesIn(schemaOf(type)).filter(
      ({ name, node }) =>
        node['personal'] === undefined &&
        !('not' in node) &&
        (alwaysPersonal.test(name) || ['insz', 'email'].includes(String(node['format']))),
    );
    expect(unmarked.map(({ name }) => name)).toEqual([]);
  });

  it('hides no value of its examples as unknown, and every number of a person', () => {
    for (const { message } of examplesOf(type).valid) {
      const places = personalPlaces(type, message['data']);
      expect(places.filter(({ kind }) => kind === 'unknown')).toEqual([]);
      const numbers = JSON.stringify(message['data']).match(/"[\d. -]{11,15}"/g) ?? [];
      const ofPersons = numbers.filter((text) => text.replace(/\D/g, '').length === 11);
      const found = places.filter(({ kind }) => kind === 'number');
      expect(found.length).toBeGreaterThanOrEqual(ofPersons.length);
    }
  });
});
