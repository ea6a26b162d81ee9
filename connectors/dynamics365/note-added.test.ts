import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noteAdded } from './note-added.js';
import { addProgress } from './sending.js';
import { stateOf } from './status.js';
import { contextOf, look, told } from '#kit/contract/desk.js';
import { asked, makeIncident, openDesk } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({
    webhookSecret: 'klopklop',
    noteMarker: 'Melder',
    organisation: 'https://data.example/id/aalter',
  });
});
afterEach(() => desk.simulator.close());

const { signal } = new AbortController();
const week = 7 * 86_400_000;

describe('a look for notes', () => {
  it('begins now, and tells what is marked, as plain text', async () => {
    const incident = await makeIncident(desk);
    desk.drive('writeNote', { title: 'Melder: oud' });
    desk.simulator.advance(2 * 86_400_000);
    const first = await look(desk, noteAdded, null);
    expect(first.items).toEqual([]);
    desk.drive('writeNote', { title: 'Intern', text: 'Niet voor de melder.' });
    desk.drive('writeNote', { text: '<p>Wij komen <b>morgen</b>.</p><script>x()</script>' });
    desk.drive('writeNote', { text: '', filename: 'plan.pdf' });
    const second = await look(desk, noteAdded, first.cursor);
    const { said, state } = told(desk, noteAdded, {
      items: second.items,
      state: stateOf(incident),
    });
    const bodies = ['Wij komen morgen.', 'Bijlage: plan.pdf'].map((beschrijving) => [
      { '@type': 'MeldingBody', beschrijving },
    ]);
    expect(said.map(({ heeftBody }) => heeftBody)).toEqual(bodies);
    expect(told(desk, noteAdded, { items: second.items, state: state }).said).toEqual([]);
    // What the status is compared with has stayed.
    expect(state).toMatchObject(stateOf(incident));
  });

  it('tells nothing, and asks nothing, where no marker is set', async () => {
    const silent = await openDesk();
    const page = await noteAdded.poll!.read(silent.client, null, {
      signal,
      settings: silent.settings,
      now: new Date(),
    });
    expect(page).toEqual({ items: [], cursor: null, more: false });
    expect(asked(silent)).toEqual([]);
    await silent.simulator.close();
  });

  it('never tells a note of the bus, even where the marker would', async () => {
    const echoing = await openDesk({ noteMarker: 'LB' });
    desk.simulator.close().catch(() => undefined);
    desk = echoing;
    const first = await look(desk, noteAdded, null);
    const { incidentid } = await makeIncident(desk);
    const nothing = { status: null, told: null, attachments: [], numbers: [] };
    const news = { title: 'LB-bus: x', note: 'x', ...nothing };
    await addProgress(desk.client, news, contextOf({ reference: incidentid }));
    expect((await look(desk, noteAdded, first.cursor)).items).toEqual([]);
  });

  it('reads only recent ones again where the link has expired', async () => {
    await makeIncident(desk);
    const first = await look(desk, noteAdded, null);
    desk.drive('writeNote');
    const second = await look(desk, noteAdded, first.cursor);
    expect(second.items).toHaveLength(1);
    desk.simulator.advance(week + 86_400_000);
    desk.drive('writeNote');
    expect((await look(desk, noteAdded, second.cursor)).items).toHaveLength(2);
    const late = await look(desk, noteAdded, second.cursor);
    desk.simulator.advance(week + 86_400_000);
    expect((await look(desk, noteAdded, late.cursor)).items).toHaveLength(1);
  });
});
