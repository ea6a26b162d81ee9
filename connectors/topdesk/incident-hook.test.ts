import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, startAnswering } from '#kit/contract/answering.js';
import type { HookRequest } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import { incidentChanged } from './incident-changed.js';
import { make, openDesk } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ webhookSecret: 'klopklop' });
});
afterEach(() => desk.simulator.close());

const { signal } = new AbortController();

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
    const { id } = await make(desk);
    desk.drive('setWebhook', {
      url: `${server.origin}/hooks/t`,
      headers: { 'x-lb-bus-secret': 'klopklop' },
    });
    desk.drive('solve');
    const request = await heard;
    server.close();
    webhook.verify(request, desk.settings);
    const options = { signal, settings: desk.settings };
    const early = await failureOf(webhook.read(desk.client, request, options));
    expect(early).toMatchObject({ verdict: 'retry', retryAfterMs: 1_000 });
    desk.simulator.advance(1_000);
    const [incident] = await webhook.read(desk.client, request, options);
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
