import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '#kit/message.js';
import { incidentChanged } from './incident-changed.js';
import type { Incident } from './incident.js';
import type { Progress } from './progress.js';
import { addProgress, createIncident, referToProgressed, referToRegistered } from './sending.js';
import { contextOf, look as lookNow, told } from '#kit/contract/desk.js';
import { make, newIncident, openDesk } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({
    webhookSecret: 'klopklop',
    organisation: 'https://data.example/id/aalter',
  });
});
afterEach(() => desk.simulator.close());

/** What is remembered of an incident that an attempt made and heard of. */
const madeAs = (incident: Incident): Json =>
  referToRegistered({ incident, made: true }).state ?? null;

const progress = (processingStatus: string | null): Progress => ({
  action: 'x',
  invisibleForCaller: true,
  processingStatus,
  status: { label: 'In onderzoek', since: '2026-01-06T09:00:00Z' },
  attachments: [],
  externalNumbers: [],
});

/** A look after the second in which something happened. */
const look: typeof lookNow = (at, source, cursor) => {
  at.simulator.advance(1_000);
  return lookNow(at, source, cursor);
};

const always = { since: '2020-01-01T00:00:00Z', pageStart: 0 };

/** The statuses that items tell, one after the other, and what is remembered then. */
const labelsOf = (
  items: readonly Incident[],
  known: Json | undefined,
): { labels: string[]; state: Json | undefined } => {
  const { said, state } = told(desk, incidentChanged, { items, state: known });
  return { labels: said.map(({ heeftStatus }) => JSON.stringify(heeftStatus)), state };
};

describe('a look for changed incidents', () => {
  it('begins now, and reads no history', async () => {
    await make(desk);
    desk.simulator.advance(60_000);
    expect((await look(desk, incidentChanged, null)).items).toEqual([]);
  });

  it('misses nothing where hundreds changed in one second', async () => {
    const { cursor } = await look(desk, incidentChanged, null);
    const ids = new Set<string>();
    for (let n = 0; n < 250; n += 1) ids.add((await make(desk)).id);
    desk.simulator.advance(120_000);
    desk.drive('takeInTreatment');
    const { items, pages } = await look(desk, incidentChanged, cursor);
    expect(new Set(items.map(({ id }) => id))).toEqual(ids);
    expect(pages).toBeGreaterThan(2);
  }, 30_000);

  it('goes on after the last that it saw, a little back in time', async () => {
    const { id } = await make(desk);
    const first = await look(desk, incidentChanged, always);
    expect(first.items.map((one) => one.id)).toEqual([id]);
    desk.simulator.advance(3_600_000);
    const later = await make(desk);
    const second = await look(desk, incidentChanged, first.cursor);
    desk.simulator.advance(3_600_000);
    const third = await look(desk, incidentChanged, second.cursor);
    expect(second.items.map((one) => one.id)).toEqual([id, later.id]);
    expect(third.items.map((one) => one.id)).toEqual([later.id]);
  });

  it('tells both of two changes in one second when it saw both', async () => {
    const incident = await make(desk);
    desk.drive('takeInTreatment');
    const one = labelsOf((await look(desk, incidentChanged, always)).items, madeAs(incident));
    desk.drive('solve');
    const two = labelsOf((await look(desk, incidentChanged, always)).items, one.state);
    expect([one.labels.length, two.labels.length]).toEqual([1, 1]);
    expect(one.labels[0]).toContain('In onderzoek');
    expect(two.labels[0]).toContain('Opgelost');
  });

  it('leaves what changed in the very second of the look for the next one', async () => {
    await make(desk);
    desk.drive('takeInTreatment');
    const first = await lookNow(desk, incidentChanged, always);
    expect(first.items).toEqual([]);
    expect((await look(desk, incidentChanged, first.cursor)).items).toHaveLength(1);
  });

  it('does not echo a processing status that the bus itself set', async () => {
    const incident = await make(desk);
    const ours = progress('In behandeling');
    const changed = await addProgress(desk.client, ours, contextOf({ reference: incident.id }));
    const { items } = await look(desk, incidentChanged, always);
    const { state } = referToProgressed(changed)!;
    expect(labelsOf(items, state).labels).toEqual([]);
    expect(labelsOf(items, madeAs(incident)).labels).toHaveLength(1);
  });

  it('tells what people changed though the bus saw the incident before the look did', async () => {
    const incident = await make(desk);
    desk.drive('solve');
    const context = contextOf({ reference: incident.id });
    for (const ours of [progress(null), progress('In behandeling')]) {
      const seenOnTheWay = await addProgress(desk.client, ours, context);
      const { state = madeAs(incident) } = referToProgressed(seenOnTheWay)!;
      const { labels } = labelsOf((await look(desk, incidentChanged, always)).items, state);
      expect(labels).toEqual([expect.stringContaining('Opgelost')]);
    }
  });

  it('tells the first change of an incident of which only is known that it is ours, and not that it is there', async () => {
    await make(desk);
    expect(labelsOf((await look(desk, incidentChanged, always)).items, undefined).labels).toEqual(
      [],
    );
    desk.drive('solve');
    const { labels } = labelsOf((await look(desk, incidentChanged, always)).items, undefined);
    expect(labels).toEqual([expect.stringContaining('Opgelost')]);
  });

  it('names the message that made an incident, but not as that of a partial one', async () => {
    const context = contextOf();
    await createIncident(desk.client, newIncident, context);
    const { items } = await look(desk, incidentChanged, always);
    const [ours] = items.filter(({ externalNumber }) => externalNumber === context.messageId);
    expect(incidentChanged.message?.(ours!)).toBe(context.messageId);
    expect(incidentChanged.message?.({ ...ours!, status: 'partial' })).toBeNull();
  });

  it('says nothing of an incident that the bus has never met', async () => {
    await make(desk);
    const { items } = await look(desk, incidentChanged, always);
    const result = incidentChanged.map(items[0]!, {
      subject: null,
      state: undefined,
      settings: desk.settings,
    });
    expect(result.message).toBeNull();
  });
});
