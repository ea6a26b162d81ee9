import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, startAnswering } from '#kit/contract/answering.js';
import type { HookRequest } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import { incidentChanged } from './incident-changed.js';
import { noteAdded } from './note-added.js';
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
      const { incidentid } = await makeIncident(desk);
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
