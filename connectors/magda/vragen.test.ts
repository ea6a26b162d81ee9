import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import { contextOf, openDeskOf } from '#kit/contract/desk.js';
import { parseXml } from '#kit/soap/xml.js';
import type { Magda } from './client.js';
import { uitschrijven } from './inschrijving.js';
import { magda } from './magda.connector.js';
import { ask, organisatie, reopened } from './testing.js';
import type { MagdaDesk } from './testing.js';

let desk: MagdaDesk;
beforeEach(async () => {
  desk = await openDeskOf(magda);
});
afterEach(() => desk.simulator.close());

const persoon = (insz: string, at = desk): Promise<Record<string, unknown>> =>
  ask(at, 'lookUpPerson', { registratie: { identificator: insz } });

const asked = (): string[] =>
  desk.simulator.requests().map(({ path }) => path.split('Dienst')[0]?.slice(1) ?? '');

describe('a person', () => {
  it('is inscribed once, when MAGDA asks for it, and asked for once more', async () => {
    expect(await persoon('85640103336')).toMatchObject({
      registratie: { identificator: '85640103336' },
      voornaam: ['An', 'Maria'],
      achternaam: 'Voorbeeld',
      geslacht: { '@id': 'https://data.vlaanderen.be/id/concept/IT000/Geslacht/2' },
      heeftGeboorte: { datum: '1985-04-01' },
      heeftVerblijfplaats: [{ verblijfsadres: { straatnaam: 'Kerkstraat', postcode: '9880' } }],
    });
    expect(asked()).toEqual(['GeefPersoon', 'RegistreerInschrijving', 'GeefPersoon']);
    await persoon('85640103336');
    expect(asked()).toHaveLength(4);
  });

  it('is not inscribed where the tenant does not want that', async () => {
    const careful = await reopened(desk, { inschrijven: false });
    expect(await failureOf(persoon('85640103336', careful))).toMatchObject({
      verdict: 'reject',
      externalCode: '13202',
    });
    expect(asked()).toEqual(['GeefPersoon']);
  });

  it('is not followed any more, in any capacity in which the bus inscribed him', async () => {
    const sociaal = await reopened(desk, { hoedanigheid: '1301' });
    await persoon('85640103336');
    await persoon('85640103336', {
      ...sociaal,
      client: { ...sociaal.client, memory: desk.client.memory, pseudonym: desk.client.pseudonym },
    });
    expect(desk.simulator.state('aalter')).toMatchObject({ inschrijvingen: 2 });
    const request = {
      insz: '85640103336',
      vraag: {
        afzender: { identificatie: desk.settings.identificatie, hoedanigheid: '1300' },
        inhoud: '',
      },
    };
    await uitschrijven(desk.client, request, contextOf());
    expect(desk.simulator.state('aalter')).toMatchObject({ inschrijvingen: 0 });
    await uitschrijven(desk.client, request, contextOf());
    expect(asked().filter((one) => one === 'RegistreerUitschrijving')).toHaveLength(3);
  });

  it('keeps a date of birth of which only the year is known, and a death', async () => {
    expect(await persoon('00600000160')).toMatchObject({ heeftGeboorte: { datum: '2000' } });
    expect(await persoon('47660300197')).toMatchObject({
      heeftOverlijden: { datum: '2025-11-30' },
    });
  });

  it('is told under the new number where it was replaced', async () => {
    expect(await persoon('90620901797')).toMatchObject({
      registratie: { identificator: '90690001728' },
    });
  });

  it.each([
    ['12630701611', 'not-found', '30001'],
    ['61610500303', 'not-found', '30002'],
  ])('%s is answered as %s (%s)', async (insz, code, externalCode) => {
    expect(await failureOf(persoon(insz))).toMatchObject({ verdict: 'reject', code, externalCode });
  });
});

it('a family and the people at an address are told, each with what they are to each other', async () => {
  const gezin = await ask(desk, 'lookUpFamily', { registratie: { identificator: '12630701512' } });
  expect(gezin['gezinslid']).toHaveLength(4);
  expect(gezin['gezinslid']).toContainEqual(
    expect.objectContaining({
      achternaam: "D'Hondt & Zoon",
      gezinsrelatietype: { '@id': 'urn:lb-bus:magda:gezinspositie:03' },
    }),
  );
  const adres = { postcode: '9880', huisnummer: '8' };
  const found = await ask(desk, 'searchPersonsByAddress', {
    verblijfsadres: adres,
    straatcode: '1043',
  });
  expect(found['persoon']).toHaveLength(4);
  const nobody = { verblijfsadres: { ...adres, huisnummer: '9' }, straatcode: '1043' };
  expect(await failureOf(ask(desk, 'searchPersonsByAddress', nobody))).toMatchObject({
    code: 'not-found',
  });
  const noStreet = { verblijfsadres: adres, straatcode: '0' };
  expect(await failureOf(ask(desk, 'searchPersonsByAddress', noStreet))).toMatchObject({
    code: 'invalid',
    externalCode: '48074',
  });
});

it('an address with more people than one answer holds is asked for until nobody new comes', async () => {
  const address = { verblijfsadres: { postcode: '9880', huisnummer: '8' }, straatcode: '1043' };
  const search = async (at: MagdaDesk): Promise<unknown[]> => {
    desk.simulator.clearRequests();
    return (await ask(at, 'searchPersonsByAddress', address))['persoon'] as unknown[];
  };
  const whole = await search(desk);
  expect(asked()).toHaveLength(2);
  for (const perAnswer of [1, 3]) {
    desk.simulator.drive('aalter', 'setPerAnswer', perAnswer);
    expect(await search(desk)).toEqual(whole);
    expect(asked()).toHaveLength(Math.ceil(whole.length / perAnswer) + 1);
  }
  const once = await reopened(desk, { zoekVerder: false });
  expect(await search(once)).toEqual(whole.slice(0, 3));
  expect(asked()).toHaveLength(1);
});

it('an address that never ends is refused, not told in part', async () => {
  let persons = 0;
  const one = (): string => `<Persoon><INSZ>${(persons += 1)}</INSZ></Persoon>`;
  const answer = () => parseXml(`<Inhoud><Personen>${one()}</Personen></Inhoud>`);
  const client: Magda = {
    ...desk.client,
    ask: () => Promise.resolve({ inhoud: answer(), uitzonderingen: [] }),
  };
  const address = { verblijfsadres: { postcode: '9880', huisnummer: '8' }, straatcode: '1043' };
  const failure = await failureOf(ask({ ...desk, client }, 'searchPersonsByAddress', address));
  expect([failure.verdict, failure.code, persons]).toEqual(['reject', 'too-large', 100]);
});

it('an organisation is told by both services; a number that does not exist is not found', async () => {
  const expected = {
    wettelijkeNaam: 'Fietshersteller <Voorbeeld> & Co',
    alternatieveNaam: ['De Losse Ketting'],
    status: [{ '@id': 'https://data.vlaanderen.be/id/concept/OrganisatieStatus/v1/ST' }],
  };
  const vkbo = await reopened(desk, { onderneming: 'GeefOndernemingVKBO' });
  expect(await organisatie(desk, '0799999976')).toMatchObject(expected);
  expect(await organisatie(vkbo, '0799999976')).toMatchObject(expected);
  for (const at of [desk, vkbo])
    expect(await failureOf(organisatie(at, '0402100038'))).toMatchObject({
      verdict: 'reject',
      code: 'not-found',
      externalCode: '40046',
    });
});
