import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import { incidentChanged } from './incident-changed.js';
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

describe('a look for changed incidents', () => {
  it('reads all once, then only what changed, by the link that it was given', async () => {
    const { incidentid } = await makeIncident(desk);
    await makeIncident(desk);
    const first = await look(desk, incidentChanged, null);
    expect(first.items).toHaveLength(2);
    expect((await look(desk, incidentChanged, first.cursor)).items).toEqual([]);
    desk.drive('research', { id: incidentid });
    const second = await look(desk, incidentChanged, first.cursor);
    expect(second.items.map((one) => one.incidentid)).toEqual([incidentid]);
    expect(asked(desk).at(-1)).toMatch(/^GET \/api\/data\/v9\.2\/incidents\?.*deltatoken/);
  });

  it('misses nothing where more changed than a page holds', async () => {
    const first = await look(desk, incidentChanged, null);
    const { incidentid } = await makeIncident(desk);
    await desk.client.http.batch({
      path: '/$batch',
      signal,
      parts: Array.from({ length: 999 }, (_none, n) => ({
        method: 'POST' as const,
        path: '/incidents',
        json: {
          title: `Put ${n}`,
          'customerid_contact@odata.bind': `/contacts(${desk.settings.anonymousContact})`,
        },
      })),
    });
    const second = await look(desk, incidentChanged, first.cursor);
    expect(second.pages).toBe(2);
    expect(new Set(second.items.map((one) => one.incidentid)).size).toBe(1000);
    desk.drive('resolve', { id: incidentid });
    expect((await look(desk, incidentChanged, second.cursor)).items).toHaveLength(1);
  }, 60_000);

  it('reads all again where the link has expired, and repeats nothing that was told', async () => {
    const incident = await makeIncident(desk);
    desk.drive('research');
    const first = await look(desk, incidentChanged, null);
    const one = told(desk, incidentChanged, {
      items: first.items,
      state: stateOf(incident),
    });
    expect(one.said).toHaveLength(1);
    desk.simulator.advance(week + 60_000);
    const again = await look(desk, incidentChanged, first.cursor);
    expect(again.items).toHaveLength(1);
    expect(told(desk, incidentChanged, { items: again.items, state: one.state }).said).toEqual([]);
    desk.drive('resolve');
    const after = await look(desk, incidentChanged, again.cursor);
    expect(told(desk, incidentChanged, { items: after.items, state: one.state }).said).toEqual([
      expect.objectContaining({
        heeftStatus: [expect.objectContaining({ beschrijving: 'Opgelost' })],
      }),
    ]);
  });

  it('leaves out what was deleted', async () => {
    await makeIncident(desk);
    const first = await look(desk, incidentChanged, null);
    desk.drive('deleteIncident');
    expect((await look(desk, incidentChanged, first.cursor)).items).toEqual([]);
  });

  it('does not echo a status that the bus itself set', async () => {
    const { incidentid } = await makeIncident(desk);
    const { incident: changed } = await addProgress(
      desk.client,
      {
        title: 'LB-bus: x',
        note: 'x',
        status: { statecode: 1, statuscode: 5 },
        told: { label: 'Opgelost', since: '2026-01-06T09:00:00Z' },
        attachments: [],
        numbers: [],
      },
      contextOf({ reference: incidentid }),
    );
    const { items } = await look(desk, incidentChanged, null);
    expect(told(desk, incidentChanged, { items: items, state: stateOf(changed) }).said).toEqual([]);
    desk.drive('setPriority', { prioritycode: 1 });
    const { items: later } = await look(desk, incidentChanged, null);
    expect(told(desk, incidentChanged, { items: later, state: stateOf(changed) }).said).toEqual([]);
  });

  it('asks its own address, whatever host a link names', async () => {
    await makeIncident(desk);
    desk.drive('setFlaws', { flaws: ['foreign-link'] });
    const failure = await failureOf(look(desk, incidentChanged, null));
    expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
    expect(failure.message).toContain('does not lead to the same table');
  });

  it('tells the operator that changes are not tracked', async () => {
    desk.drive('setFlaws', { flaws: ['no-tracking'] });
    expect((await failureOf(look(desk, incidentChanged, null))).verdict).toBe('pause');
  });
});
