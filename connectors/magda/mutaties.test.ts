import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { contextOf, look, openDeskOf } from '#kit/contract/desk.js';
import type { Desk } from '#kit/contract/desk.js';
import type { Json } from '#kit/message.js';
import type { Magda } from './client.js';
import { askPersoon } from './persoon.js';
import { magda } from './magda.connector.js';
import { fromMutatie, gelezen, inszIn, mutatiesEntry, readMutaties } from './mutaties.js';
import type { MutatieItem } from './mutaties.js';
import type { MagdaSettings } from './settings.js';

let desk: Desk<Magda, MagdaSettings>;

beforeEach(async () => {
  desk = await openDeskOf(magda);
});
afterEach(() => desk.simulator.close());

const insz = '85640103336';
const change = (times = 1): void => {
  for (let index = 0; index < times; index += 1) desk.drive('changePerson', { insz });
};
const read = (cursor: Json) =>
  readMutaties(desk.client, cursor, {
    signal: AbortSignal.timeout(10_000),
    settings: desk.settings,
    now: desk.simulator.now(),
  });
const source = { summary: '', emits: { type: '' }, externalId: () => '', map: fromMutatie };
const queue = {
  ...source,
  poll: { everySeconds: () => 1, acknowledges: true, read: readMutaties },
};
const ids = (items: readonly MutatieItem[]): string[] => items.map((item) => gelezen(item).id);
const messageOf = (item: MutatieItem, subject: string | null = null) =>
  fromMutatie(item, { subject, state: undefined, settings: desk.settings }).message;

it('empties the queue delivery by delivery, each acknowledged by the next look; that it is empty is no error', async () => {
  change(5);
  const { items, cursor, pages } = await look(desk, queue, null);
  expect([new Set(ids(items)).size, cursor, pages]).toEqual([5, null, 4]);
  expect(await read(cursor)).toEqual({ items: [], cursor: null, more: false });
});

it('gets what it did not acknowledge once more, under the same ids', async () => {
  change(2);
  const first = await read(null);
  const again = await read(null);
  expect(ids(again.items)).toEqual(ids(first.items));
  expect((await read(again.cursor)).items).toEqual([]);
});

it('loses nothing where it died after it acknowledged, before it kept what came with that', async () => {
  change(4);
  const first = await read(null);
  const second = await read(first.cursor);
  // The receipt of the first has been given: MAGDA does not know it any more.
  const again = await read(first.cursor);
  expect(ids(again.items)).toEqual(ids(second.items));
  expect(again.more).toBe(false);
  expect((await read(again.cursor)).items).toEqual([]);
});

it('tells that something of a person changed, never his number outside the data', async () => {
  change();
  const [item = null] = (await read(null)).items;
  const message = messageOf(item);
  expect(message?.data).toMatchObject({
    '@type': 'GeregistreerdPersoon',
    registratie: { identificator: insz },
    heeftWijziging: [{ gegeven: '020', omschrijving: 'Gegeven 020', soort: ['2'] }],
  });
  const { data, ...attributes } = message ?? {};
  expect(JSON.stringify([attributes, data?.['@id'], gelezen(item).persoon])).not.toContain(insz);
  expect(data?.['@id']).toMatch(/^urn:lb:aalter:persoon:[0-9a-f]{64}$/);
});

it('gives a person with another number the identity that he had', async () => {
  const nieuw = '90690001728';
  desk.drive('changePerson', { insz });
  desk.drive('changePerson', { insz, nieuw });
  desk.drive('changePerson', { insz: nieuw });
  const [before = null, change = null, after = null] = (await look(desk, queue, null)).items;
  expect(gelezen(change).vroeger).toBe(gelezen(before).persoon);
  expect(gelezen(change).persoon).toBe(gelezen(after).persoon);
  expect(messageOf(change, gelezen(before).iri)?.data).toMatchObject({
    '@id': gelezen(before).iri,
    registratie: { identificator: nieuw },
    vroegereRegistratie: { identificator: insz },
  });
});

it('takes a change that came before for no news, whatever came between', async () => {
  change(2);
  const { items } = await look(desk, queue, null);
  let state: Json | undefined;
  const news = [...items, ...items].map((item) => {
    const result = fromMutatie(item, { subject: null, state, settings: desk.settings });
    ({ state } = result);
    return result.message !== null;
  });
  expect(news).toEqual([true, true, false, false]);
});

it('reads the queue of all sources too', async () => {
  await desk.simulator.close();
  desk = await openDeskOf(magda, { mutaties: 'GeefMutatiesNotificaties' });
  change();
  const { items } = await look(desk, queue, null);
  expect(messageOf(items[0] ?? null)?.data).toMatchObject({
    registratie: { identificator: insz },
    heeftWijziging: [{ gegeven: '020', soort: ['Wijziging'] }],
  });
  expect(desk.simulator.requests().map(({ path }) => path)).toContain(
    '/GeefMutatiesNotificatiesDienst-02.01/soap/WebService',
  );
});

it('asks nothing where the settings name no queue', async () => {
  await desk.simulator.close();
  desk = await openDeskOf(magda, { mutaties: 'none' });
  expect(await read(null)).toEqual({ items: [], cursor: null, more: false });
  expect(desk.simulator.requests()).toEqual([]);
  expect(mutatiesEntry(desk.settings)).toBeNull();
});

it('says in the register of questions which queue was asked, and of whom it told', async () => {
  change();
  expect(mutatiesEntry(desk.settings)).toEqual({
    service: 'GeefPersoonMutatiesNotificaties-02.00',
    capacity: '1300',
  });
  expect(inszIn([...(await read(null)).items, null])).toEqual([insz]);
});

it('knows a person by the ids under which changes come in, where an answer tells another number', async () => {
  const asked = '90620901797';
  const inhoud = `<Criteria><INSZ>${asked}</INSZ></Criteria><Bron>RR</Bron><Taal>nl</Taal>`;
  const afzender = { identificatie: desk.settings.identificatie, hoedanigheid: '1300' };
  const question = { insz: asked, vraag: { afzender, inhoud } };
  const { renamed } = await askPersoon(desk.client, question, contextOf());
  desk.drive('changePerson', { insz: asked, nieuw: '90690001728' });
  const [change = null] = (await read(null)).items;
  expect(renamed).toEqual({
    formerId: gelezen(change).vroeger,
    externalId: gelezen(change).persoon,
  });
});
