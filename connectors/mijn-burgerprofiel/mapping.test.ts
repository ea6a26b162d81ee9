import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Message } from '#kit/message.js';
import { statusLabels } from '#kit/melding-status.js';
import type { DossierStatusGewijzigd } from '#oslo/generated/dossier.js';
import { dossierStatusGewijzigd } from '#oslo/dossier/types.js';
import { examplesOf } from '#oslo/catalogue.js';
import { fromDossier, fromMelding, fromStatus } from './mapping.js';
import type { BurgerprofielSettings } from './settings.js';
import { insz, openOffice, status, submitted } from './testing.js';
import type { Office } from './testing.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.simulator.close());

const settingsWith = (changes: Partial<BurgerprofielSettings> = {}): BurgerprofielSettings => ({
  ...office.settings,
  ...changes,
});

const dossierOf = (name: string): Message<DossierStatusGewijzigd> => {
  const example = examplesOf(dossierStatusGewijzigd.type).valid.find((one) => one.name === name);
  const event = example?.message as Record<string, never>;
  return { ...submitted(), ...event, event } as unknown as Message<DossierStatusGewijzigd>;
};

it('knows what every status of a melding is in DOSIS', () => {
  for (const label of statusLabels) {
    const { news } = fromStatus(status(label, '2026-01-06T09:00:00Z'), settingsWith());
    expect(news.Status.VlaamsCode).toMatch(/^[A-Z]\w+$/);
  }
});

it('refuses a status that the table of the tenant does not have', () => {
  const settings = settingsWith({ statuses: {} });
  expect(() => fromMelding(submitted(), settings)).toThrow('"Ingediend" is in DOSIS');
});

const numbered = (text: string) => ({ '@type': 'Identificator', identificator: text });

it.each([
  ['a person', insz, { '@type': 'GeregistreerdPersoon', registratie: numbered(insz) }],
  [
    'an enterprise',
    '0207433213',
    { '@type': 'GeregistreerdeOrganisatie', registratie: numbered('0207433213') },
  ],
  [
    'an association',
    'V0001001',
    { '@type': 'FeitelijkeVereniging', identificator: [numbered('V0001001')] },
  ],
])('knows %s by number', (_kind, number, indiener) => {
  const { facts } = fromMelding(submitted({ indiener: indiener as never }), settingsWith());
  expect(facts?.Agenten.map(({ Identificatie }) => Identificatie)).toEqual([number]);
});

it('takes no number that is none: not of a customer, not one with a wrong check', () => {
  for (const identificator of ['K-12345', '85641501721']) {
    const indiener = {
      '@type': 'FeitelijkeVereniging',
      voorkeursnaam: 'Wandelclub',
      identificator: [numbered(identificator)],
    };
    const { facts } = fromMelding(submitted({ indiener: indiener as never }), settingsWith());
    expect(facts).toBeNull();
  }
});

it('never gives two meldingen one number, unless the tenant has only one application that numbers', () => {
  const numberOf = (subject: string, settings: BurgerprofielSettings): string | undefined =>
    fromMelding({ ...submitted(), subject }, settings).facts?.Identificatie.DossierNummer;
  expect(numberOf('urn:a:1', settingsWith())).not.toBe(numberOf('urn:b:1', settingsWith()));
  const own = settingsWith({ dossierNumbers: 'identificator' });
  expect(numberOf('urn:a:1', own)).toBe('2026-000123');
});

it('takes a status from the earlier of its two moments', () => {
  const message = { ...status('Opgelost', '2026-01-06T09:00:00Z'), time: '2026-01-06T08:00:00Z' };
  const { news, told } = fromStatus(message, settingsWith());
  expect([news.WijzigingsDatum, told.since]).toEqual([message.time, message.time]);
});

it('tells the whole of a dossier: products, page, right by role, whom to ask, and what to do', () => {
  const { dosis } = office.settings;
  if (!dosis) throw new Error('it pushes');
  const toegangsrechten = {
    'https://data.torhout.example/id/concept/Rol/aanvrager': 'Aanvrager',
  };
  const settings = settingsWith({ dosis: { ...dosis, toegangsrechten } });
  const push = fromDossier(dossierOf('alle-eigenschappen'), settings);
  expect(push.facts).toMatchObject({
    Identificatie: { DossierNummer: '2026-000123' },
    Doorverwijzing: 'https://loket.torhout.example/dossiers/2026-000123',
    Producten: [{ Id: '685' }],
    DossierBeheerder: { Naam: 'Stad Torhout', Dienst: 'Dienst Mobiliteit' },
    Agenten: [
      { Identificatie: insz, Toegangsrechten: [{ Code: 'Aanvrager' }] },
      { Identificatie: '0207433213', Toegangsrechten: [{ Code: 'Raadpleger' }] },
      { Identificatie: 'V0001001', Toegangsrechten: [{ Code: 'Raadpleger' }] },
    ],
  });
  expect(push.news.Status).toMatchObject({
    VlaamsCode: 'DossierOnvolledig',
    Actie: { ActieNodig: true, Actie: 'Bezorg het inschrijvingsbewijs' },
  });
});

it('writes a code as DOSIS writes it, and refuses a product without a number', () => {
  const message = dossierOf('in-behandeling');
  const [state] = message.data.heeftStatus;
  const code = 'https://data.vlaanderen.be/id/concept/StatusVlaamseCode/Onontvankelijk';
  const changed = { ...state, statusVlaamsCode: { '@id': code } };
  const data: DossierStatusGewijzigd = { ...message.data, heeftStatus: [changed] };
  expect(fromDossier({ ...message, data }, settingsWith()).news.Status.VlaamsCode).toBe(
    'OnOntvankelijk',
  );
  const unknown = { ...data, isInstantieVan: [{ '@id': 'urn:uuid:parkeervergunning' }] };
  expect(() => fromDossier({ ...message, data: unknown }, settingsWith())).toThrow('products');
});
