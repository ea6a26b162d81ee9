import { afterEach, expect, it } from '@jest/globals';
import { contextOf } from '#kit/contract/desk.js';
import { fromMelding } from './mapping.js';
import { push, remarkOf } from './sending.js';
import { asked, Course, insz, openOffice, seen, status, submitted } from './testing.js';
import type { Office } from './testing.js';

let office: Office;
afterEach(() => office.simulator.close());

const notifiesOf = ['Ingediend', 'Opgelost'];

it('notifies of the statuses that the tenant chose, and of no other', async () => {
  office = await openOffice({ defaultProduct: '1234' });
  const course = new Course(office);
  await course.tell(submitted());
  await course.tell(status('In onderzoek', '2026-01-06T09:00:00Z'));
  await course.tell(status('Opgelost', '2026-01-07T09:00:00Z'));
  const { notifications } = seen(office);
  expect(notifications).toHaveLength(notifiesOf.length);
  expect(notifications[1]).toMatchObject({
    AanbiederUri: 'urn://gemeente-aalter/dossiers',
    Bestemmelingen: [{ Identificatie: insz }],
    Categorie: 'DossierGerelateerdBerichtWijzigingDossier',
    TransactieId: 'urn://gemeente-aalter/dossiers2026-000123-20374ae6',
    Kanalen: ['Passief'],
    ProductId: '1234',
    MerkCode: 'GEMEENTE',
    SleutelWaardeParen: [
      { Sleutel: 'DossierNummer', Waarde: '2026-000123-20374ae6' },
      { Sleutel: 'StatusVlaamseCode', Waarde: 'Uitgevoerd' },
      { Sleutel: 'StatusVlaamseFase', Waarde: 'Afgerond' },
      { Sleutel: 'StatusDetail1', Waarde: 'Opgelost' },
      { Sleutel: 'DossierNaam', Waarde: 'Put in het fietspad' },
    ],
  });
});

it('names receivers, keys and values as the settings say', async () => {
  office = await openOffice();
  const { notificaties } = office.client;
  if (!notificaties) throw new Error('it notifies');
  const settings = {
    ...notificaties.settings,
    ...{ sleutel: 'Key', waarde: 'Value' },
    ontvanger: {
      ...{ nummer: 'Nummer', soort: 'Type' },
      ...{ persoon: 'burger', onderneming: 'KBO', vereniging: 'VCODE' },
    },
  };
  const client = { ...office.client, dosis: null, notificaties: { ...notificaties, settings } };
  const request = fromMelding(submitted(), office.settings);
  await expect(push(client, request, contextOf())).rejects.toThrow('Bestemmelingen');
  const [sent] = office.simulator.requests().filter(({ forToken }) => !forToken);
  expect(JSON.parse(sent?.body ?? '')).toMatchObject({
    Bestemmelingen: [{ Nummer: insz, Type: 'burger' }],
    SleutelWaardeParen: expect.arrayContaining([
      { Key: 'StatusVlaamseCode', Value: 'Ingediend' },
    ]) as unknown,
  });
});

it('notifies once of a message, however often it comes', async () => {
  office = await openOffice();
  const client = { ...office.client, dosis: null };
  const request = fromMelding(submitted(), office.settings);
  const context = contextOf();
  await push(client, request, context);
  const again = await push(client, request, { ...context, redelivered: true });
  expect(seen(office).notifications).toHaveLength(1);
  expect(asked(office)).toHaveLength(2);
  expect(remarkOf(again)).toBeNull();
});

it('says that people may have been notified twice, where a lost attempt is not known by its id', async () => {
  office = await openOffice();
  const client = { ...office.client, dosis: null };
  const request = fromMelding(submitted(), office.settings);
  const first = await push(client, request, contextOf());
  const again = await push(client, request, contextOf({ redelivered: true }));
  expect(remarkOf(first)).toBeNull();
  expect(remarkOf(again)).toContain('notified of this twice');
});
