import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { answers, failureOf, startAnswering } from '#kit/contract/answering.js';
import { contractSuite } from '#kit/contract/suite.js';
import { openConnector } from '#kit/open.js';
import type { PlatformOptions } from '#kit/open.js';
import { backend } from './backend.connector.js';
import type { Endpoint } from './endpoint.js';

contractSuite(backend, import.meta.url, {
  waivers: {
    'a login page, broken JSON or an endless answer is no success':
      'any 2xx is delivered, whatever the application says',
  },
});

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

const endpointAt = async (
  settings: Record<string, unknown>,
  options: Partial<PlatformOptions> = {},
): Promise<Endpoint> => {
  const platform: PlatformOptions = {
    connector: backend,
    tenant: 'aalter',
    instance: 'backend',
    allowedHosts: [],
    sandbox: true,
    postvak: { put: () => Promise.resolve() },
    ...options,
  };
  return (await openConnector(settings, platform)).client as Endpoint;
};

describe('a push', () => {
  const signal = new AbortController().signal;

  it('is verified by an application with either of two secrets, and by no other', async () => {
    const server = await startAnswering();
    const [old, next] = [newSecret(), newSecret()];
    let seen: { headers: Record<string, string>; body: string } = { headers: {}, body: '' };
    server.answer = (incoming, outgoing, body) => {
      seen = { headers: incoming.headers as Record<string, string>, body };
      outgoing.end();
    };
    const endpoint = await endpointAt({
      url: `${server.origin}/in`,
      secret: old,
      secondSecret: next,
    });
    const id = randomUUID();
    await endpoint.post(id, '{"titel":"Één put"}', signal);
    server.close();
    for (const secret of [old, next]) {
      expect(new Webhook(secret).verify(seen.body, seen.headers)).toEqual({ titel: 'Één put' });
    }
    expect(() => new Webhook(newSecret()).verify(seen.body, seen.headers)).toThrow();
    expect(seen.headers['webhook-id']).toBe(id);
  });

  it.each([
    ...[408, 425, 429, 500, 501, 502, 503, 504].map((status) => [status, 'retry'] as const),
    ...[400, 409, 413, 415, 422].map((status) => [status, 'reject'] as const),
    ...[301, 302, 303, 304, 307, 308, 401, 403, 404, 405, 410].map(
      (status) => [status, 'pause'] as const,
    ),
  ])('that is answered with %i gives %s', async (status, verdict) => {
    const server = await startAnswering();
    server.answer = answers(status, '', { location: '/elsewhere' });
    const endpoint = await endpointAt({ url: `${server.origin}/in`, secret: newSecret() });
    const failure = await failureOf(endpoint.post(randomUUID(), '{}', signal));
    server.close();
    expect(failure.verdict).toBe(verdict);
    expect(server.calls).toEqual(['POST /in']);
  });

  it('is delivered by any 2xx, whatever the application says', async () => {
    const server = await startAnswering();
    server.answer = answers(202, '<html>', { 'content-type': 'text/html' });
    const endpoint = await endpointAt({ url: `${server.origin}/in`, secret: newSecret() });
    await expect(endpoint.post(randomUUID(), '{}', signal)).resolves.toBeNull();
    server.close();
  });

  it('goes to no private address, unless the tenant allows the host', async () => {
    const secret = newSecret();
    const closed = await endpointAt({ url: 'https://127.0.0.1/in', secret }, { sandbox: false });
    expect((await failureOf(closed.post('1', '{}', signal))).code).toBe('misconfigured');
    const server = await startAnswering();
    const url = `${server.origin}/in`;
    const refused = endpointAt({ url, secret }, { sandbox: false });
    expect((await failureOf(refused)).message).toContain('https');
    const allowed = await endpointAt(
      { url, secret },
      { sandbox: false, allowedHosts: ['127.0.0.1'] },
    );
    await expect(allowed.post('1', '{}', signal)).resolves.toBeNull();
    server.close();
  });

  it('wants a secret as Standard Webhooks writes it', async () => {
    const wrong = endpointAt({ url: 'https://a.example/in', secret: 'geheim' });
    expect(await failureOf(wrong)).toMatchObject({ verdict: 'pause', code: 'misconfigured' });
    expect((await failureOf(wrong)).message).not.toContain('geheim');
  });

  it('finds an endpoint in order that answers but knows no OPTIONS', async () => {
    const server = await startAnswering();
    const endpoint = await endpointAt({ url: `${server.origin}/in`, secret: newSecret() });
    server.answer = answers(405);
    await expect(endpoint.probe(signal)).resolves.toBeNull();
    server.answer = answers(404);
    expect((await failureOf(endpoint.probe(signal))).verdict).toBe('pause');
    server.close();
  });
});
