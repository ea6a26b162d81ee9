import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, startAnswering } from '#kit/contract/answering.js';
import type { HookRequest, Json, Source } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import type { Dynamics } from './client.js';
import { incidentChanged } from './incident-changed.js';
import { noteAdded } from './note-added.js';
import { addProgress, createIncident, referTo } from './sending.js';
import type { DynamicsSettings } from './settings.js';
import { asked, contextOf, openDesk } from './testing.js';
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

const subject = 'https://meldingen.aalter.example/id/melding/1';
const { signal } = new AbortController();
const week = 7 * 86_400_000;

const make = () =>
  createIncident(
    desk.client,
    {
      incident: { title: 'Put' },
      customer: { table: 'contact', id: desk.settings.anonymousContact },
      note: '',
      attachments: [],
    },
    contextOf(),
  );

type AnySource<I> = Source<DynamicsSettings, Dynamics, I>;

const look = async <I>(
  { poll }: AnySource<I>,
  cursor: Json,
): Promise<{ items: I[]; cursor: Json; pages: number }> => {
  const items: I[] = [];
  let at = cursor;
  for (let pages = 1; ; pages += 1) {
    const page = await poll!.read(desk.client, at, {
      signal,
      settings: desk.settings,
      now: desk.simulator.now(),
    });
    items.push(...page.items);
    at = page.cursor;
    if (!page.more) return { items, cursor: at, pages };
  }
};

const told = <I>(
  source: AnySource<I>,
  items: readonly I[],
  known: Json,
): { said: string[]; state: Json } => {
  let state = known;
  const said = items.flatMap((item) => {
    const result = source.map(item, { subject, state, settings: desk.settings });
    state = result.state;
    return result.message ? [JSON.stringify(result.message.data)] : [];
  });
  return { said, state };
};

describe('a look for changed incidents', () => {
  it('reads all once, then only what changed, by the link that it was given', async () => {
    const { incidentid } = await make();
    await make();
    const first = await look(incidentChanged, null);
    expect(first.items).toHaveLength(2);
    expect((await look(incidentChanged, first.cursor)).items).toEqual([]);
    desk.drive('research', { id: incidentid });
    const second = await look(incidentChanged, first.cursor);
    expect(second.items.map((one) => one.incidentid)).toEqual([incidentid]);
    expect(asked(desk).at(-1)).toMatch(/^GET \/api\/data\/v9\.2\/incidents\?.*deltatoken/);
  });

  it('misses nothing where more changed than a page holds', async () => {
    const first = await look(incidentChanged, null);
    const { incidentid } = await make();
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
    const second = await look(incidentChanged, first.cursor);
    expect(second.pages).toBe(2);
    expect(new Set(second.items.map((one) => one.incidentid)).size).toBe(1000);
    desk.drive('resolve', { id: incidentid });
    expect((await look(incidentChanged, second.cursor)).items).toHaveLength(1);
  }, 60_000);

  it('reads all again where the link has expired, and repeats nothing that was told', async () => {
    const incident = await make();
    desk.drive('research');
    const first = await look(incidentChanged, null);
    const one = told(incidentChanged, first.items, referTo(incident).state ?? null);
    expect(one.said).toHaveLength(1);
    desk.simulator.advance(week + 60_000);
    const again = await look(incidentChanged, first.cursor);
    expect(again.items).toHaveLength(1);
    expect(told(incidentChanged, again.items, one.state).said).toEqual([]);
    desk.drive('resolve');
    const after = await look(incidentChanged, again.cursor);
    expect(told(incidentChanged, after.items, one.state).said[0]).toContain('Opgelost');
  });

  it('leaves out what was deleted', async () => {
    await make();
    const first = await look(incidentChanged, null);
    desk.drive('deleteIncident');
    expect((await look(incidentChanged, first.cursor)).items).toEqual([]);
  });

  it('does not echo a status that the bus itself set', async () => {
    const { incidentid } = await make();
    const changed = await addProgress(
      desk.client,
      {
        title: 'LB-bus: x',
        note: 'x',
        status: { statecode: 1, statuscode: 5 },
        attachments: [],
        numbers: [],
      },
      contextOf({ reference: incidentid }),
    );
    const { items } = await look(incidentChanged, null);
    expect(told(incidentChanged, items, referTo(changed).state ?? null).said).toEqual([]);
    desk.drive('setPriority', { prioritycode: 1 });
    const { items: later } = await look(incidentChanged, null);
    expect(told(incidentChanged, later, referTo(changed).state ?? null).said).toEqual([]);
  });

  it('asks its own address, whatever host a link names', async () => {
    await make();
    desk.drive('setFlaws', { flaws: ['foreign-link'] });
    const failure = await failureOf(look(incidentChanged, null));
    expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
    expect(failure.message).toContain('does not lead to the same table');
  });

  it('tells the operator that changes are not tracked', async () => {
    desk.drive('setFlaws', { flaws: ['no-tracking'] });
    expect((await failureOf(look(incidentChanged, null))).verdict).toBe('pause');
  });
});

describe('a look for notes', () => {
  it('begins now, and tells what is marked, as plain text', async () => {
    const incident = await make();
    desk.drive('writeNote', { title: 'Melder: oud' });
    desk.simulator.advance(2 * 86_400_000);
    const first = await look(noteAdded, null);
    expect(first.items).toEqual([]);
    desk.drive('writeNote', { title: 'Intern', text: 'Niet voor de melder.' });
    desk.drive('writeNote', { text: '<p>Wij komen <b>morgen</b>.</p><script>x()</script>' });
    desk.drive('writeNote', { text: '', filename: 'plan.pdf' });
    const second = await look(noteAdded, first.cursor);
    const { said, state } = told(noteAdded, second.items, referTo(incident).state ?? null);
    expect(said.map((one) => JSON.parse(one).heeftBody[0].beschrijving)).toEqual([
      'Wij komen morgen.',
      'Bijlage: plan.pdf',
    ]);
    expect(told(noteAdded, second.items, state).said).toEqual([]);
    // What the status is compared with has stayed.
    expect(state).toMatchObject(referTo(incident).state as object);
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
    const first = await look(noteAdded, null);
    const { incidentid } = await make();
    const news = { title: 'LB-bus: x', note: 'x', status: null, attachments: [], numbers: [] };
    await addProgress(desk.client, news, contextOf({ reference: incidentid }));
    expect((await look(noteAdded, first.cursor)).items).toEqual([]);
  });

  it('reads only recent ones again where the link has expired', async () => {
    await make();
    const first = await look(noteAdded, null);
    desk.drive('writeNote');
    const second = await look(noteAdded, first.cursor);
    expect(second.items).toHaveLength(1);
    desk.simulator.advance(week + 86_400_000);
    desk.drive('writeNote');
    expect((await look(noteAdded, second.cursor)).items).toHaveLength(2);
    const late = await look(noteAdded, second.cursor);
    desk.simulator.advance(week + 86_400_000);
    expect((await look(noteAdded, late.cursor)).items).toHaveLength(1);
  });
});

describe('a webhook call', () => {
  const call = (body: unknown, secret = 'klopklop'): HookRequest => ({
    headers: { 'x-lb-bus-secret': secret },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  const options = () => ({ signal, settings: desk.settings });

  it('is believed only with the secret', async () => {
    for (const { webhook } of [incidentChanged, noteAdded]) {
      expect(() => webhook?.verify(call({}), desk.settings)).not.toThrow();
      expect(() => webhook?.verify(call({}, 'klop'), desk.settings)).toThrow(Failure);
      expect(() => webhook?.verify({ headers: {}, body: Buffer.alloc(0) }, desk.settings)).toThrow(
        Failure,
      );
    }
    const without = await openDesk();
    await without.simulator.close();
    expect(() => incidentChanged.webhook?.verify(call({}, ''), without.settings)).toThrow(Failure);
  });

  it.each(['incident', 'annotation'])(
    'comes after each change of an %s, and leads to what Dynamics 365 itself says of it',
    async (table) => {
      const server = await startAnswering();
      const heard = new Promise<HookRequest>((resolve) => {
        server.answer = (incoming, outgoing, body) => {
          outgoing.end();
          resolve({ headers: incoming.headers as Record<string, string>, body: Buffer.from(body) });
        };
      });
      const { incidentid } = await make();
      const headers = { 'x-lb-bus-secret': 'klopklop' };
      desk.drive('setWebhook', { url: `${server.origin}/hooks/t`, headers });
      desk.drive(table === 'incident' ? 'resolve' : 'writeNote');
      const request = await heard;
      server.close();
      expect(request.headers['x-ms-dynamics-entity-name']).toBe(table);
      const incidents = await incidentChanged.webhook!.read(desk.client, request, options());
      const notes = await noteAdded.webhook!.read(desk.client, request, options());
      expect(incidents.map((one) => [one.incidentid, one.statuscode])).toEqual(
        table === 'incident' ? [[incidentid, 5]] : [],
      );
      expect(notes.map((one) => one._objectid_value)).toEqual(
        table === 'annotation' ? [incidentid] : [],
      );
    },
  );

  it('about a row that is gone leads to nothing, and one that is none is refused', async () => {
    const gone = {
      PrimaryEntityName: 'incident',
      PrimaryEntityId: '5f0c1234-5678-4123-9012-123456789012',
      MessageName: 'Update',
    };
    const { webhook } = incidentChanged;
    expect(await webhook!.read(desk.client, call(gone), options())).toEqual([]);
    const deleted = call({ ...gone, MessageName: 'Delete' });
    expect(await webhook!.read(desk.client, deleted, options())).toEqual([]);
    const wrong = [{}, { ...gone, PrimaryEntityId: "x' or 1 eq 1" }, [], 'x', 'null'];
    for (const body of wrong) {
      const failure = await failureOf(webhook!.read(desk.client, call(body), options()));
      expect(failure.verdict).toBe('reject');
    }
    expect(asked(desk)).toHaveLength(1);
  });
});
