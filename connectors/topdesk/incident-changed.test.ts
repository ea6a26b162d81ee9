import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, startAnswering } from '#kit/contract/answering.js';
import type { HookRequest, Json } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import { incidentChanged } from './incident-changed.js';
import type { Incident } from './incident.js';
import { addProgress, createIncident, referTo } from './sending.js';
import { contextOf, openDesk } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({
    webhookSecret: 'klopklop',
    organisation: 'https://data.example/id/aalter',
  });
});
afterEach(() => desk.simulator.close());

const subject = 'https://meldingen.aalter.example/id/melding/1';
const { signal } = new AbortController();

const make = (): Promise<Incident> =>
  createIncident(
    desk.client,
    {
      incident: {
        status: 'firstLine',
        briefDescription: 'Put',
        request: 'Put',
        caller: { dynamicName: 'An' },
      },
      attachments: [],
    },
    contextOf(),
  );

const look = async (cursor: Json): Promise<{ items: Incident[]; cursor: Json; pages: number }> => {
  const items: Incident[] = [];
  let at = cursor;
  for (let pages = 1; ; pages += 1) {
    const page = await incidentChanged.poll!.read(desk.client, at, {
      signal,
      settings: desk.settings,
      now: desk.simulator.now(),
    });
    items.push(...page.items);
    at = page.cursor;
    if (!page.more) return { items, cursor: at, pages };
  }
};

const labelsOf = (items: readonly Incident[], known: Json): { labels: string[]; state: Json } => {
  let state = known;
  const labels = items.flatMap((item) => {
    const result = incidentChanged.map(item, { subject, state, settings: desk.settings });
    state = result.state;
    return result.message ? [JSON.stringify(result.message.data['heeftStatus'])] : [];
  });
  return { labels, state };
};

describe('a look for changed incidents', () => {
  it('begins now, and reads no history', async () => {
    await make();
    desk.simulator.advance(60_000);
    expect((await look(null)).items).toEqual([]);
  });

  it('misses nothing where hundreds changed in one second', async () => {
    const { cursor } = await look(null);
    const ids = new Set<string>();
    for (let n = 0; n < 250; n += 1) ids.add((await make()).id);
    desk.simulator.advance(120_000);
    desk.drive('takeInTreatment');
    const { items, pages } = await look(cursor);
    expect(new Set(items.map(({ id }) => id))).toEqual(ids);
    expect(pages).toBeGreaterThan(2);
  }, 30_000);

  it('goes on after the last that it saw, a little back in time', async () => {
    const { id } = await make();
    const first = await look({ since: '2020-01-01T00:00:00Z', pageStart: 0 });
    expect(first.items.map((one) => one.id)).toEqual([id]);
    desk.simulator.advance(3_600_000);
    const later = await make();
    const second = await look(first.cursor);
    desk.simulator.advance(3_600_000);
    const third = await look(second.cursor);
    expect(second.items.map((one) => one.id)).toEqual([id, later.id]);
    expect(third.items.map((one) => one.id)).toEqual([later.id]);
  });

  it('tells both of two changes in one second when it saw both', async () => {
    const incident = await make();
    const since = { since: '2020-01-01T00:00:00Z', pageStart: 0 };
    desk.drive('takeInTreatment');
    const one = labelsOf((await look(since)).items, referTo(incident).state ?? null);
    desk.drive('solve');
    const two = labelsOf((await look(since)).items, one.state);
    expect([one.labels.length, two.labels.length]).toEqual([1, 1]);
    expect(one.labels[0]).toContain('In onderzoek');
    expect(two.labels[0]).toContain('Opgelost');
  });

  it('does not echo a processing status that the bus itself set', async () => {
    const incident = await make();
    const changed = await addProgress(
      desk.client,
      {
        action: 'x',
        invisibleForCaller: true,
        processingStatus: 'In behandeling',
        attachments: [],
        externalNumbers: [],
      },
      contextOf({ reference: incident.id }),
    );
    const { items } = await look({ since: '2020-01-01T00:00:00Z', pageStart: 0 });
    expect(labelsOf(items, referTo(changed).state ?? null).labels).toEqual([]);
    expect(labelsOf(items, referTo(incident).state ?? null).labels).toHaveLength(1);
  });

  it('says nothing of an incident that the bus has never met', async () => {
    await make();
    const { items } = await look({ since: '2020-01-01T00:00:00Z', pageStart: 0 });
    const result = incidentChanged.map(items[0]!, {
      subject: null,
      state: undefined,
      settings: desk.settings,
    });
    expect(result.message).toBeNull();
  });
});

describe('a webhook call', () => {
  const call = (body: unknown, secret = 'klopklop'): HookRequest => ({
    headers: { 'x-lb-bus-secret': secret },
    body: Buffer.from(JSON.stringify(body)),
  });
  const webhook = incidentChanged.webhook!;

  it('is believed only with the secret', async () => {
    expect(() => webhook.verify(call({}), desk.settings)).not.toThrow();
    expect(() => webhook.verify(call({}, 'klop'), desk.settings)).toThrow(Failure);
    expect(() => webhook.verify({ headers: {}, body: Buffer.alloc(0) }, desk.settings)).toThrow(
      Failure,
    );
    const withoutSecret = await openDesk();
    await withoutSecret.simulator.close();
    expect(() => webhook.verify(call({}, ''), withoutSecret.settings)).toThrow(Failure);
  });

  it('comes after each change, and leads to what TOPdesk itself says of the incident', async () => {
    const server = await startAnswering();
    const heard = new Promise<HookRequest>((resolve) => {
      server.answer = (incoming, outgoing, body) => {
        outgoing.end();
        resolve({ headers: incoming.headers as Record<string, string>, body: Buffer.from(body) });
      };
    });
    const { id } = await make();
    desk.drive('setWebhook', {
      url: `${server.origin}/hooks/t`,
      headers: { 'x-lb-bus-secret': 'klopklop' },
    });
    desk.drive('solve');
    const request = await heard;
    server.close();
    webhook.verify(request, desk.settings);
    const [incident] = await webhook.read(desk.client, request, {
      signal,
      settings: desk.settings,
    });
    expect(incident).toMatchObject({ id, completed: true });
  });

  it('about an incident that is gone leads to nothing, and one that names none is refused', async () => {
    const options = { signal, settings: desk.settings };
    const gone = call({ id: '5f0c1234-5678-4123-9012-123456789012' });
    expect(await webhook.read(desk.client, gone, options)).toEqual([]);
    for (const body of [{}, { id: '../version' }, [], 'x', null]) {
      expect((await failureOf(webhook.read(desk.client, call(body), options))).verdict).toBe(
        'reject',
      );
    }
    expect(desk.simulator.requests()).toHaveLength(1);
  });
});
