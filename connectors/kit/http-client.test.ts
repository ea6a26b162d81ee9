import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { basic } from './auth.js';
import { Failure } from './failure.js';
import { createHttp } from './http-client.js';
import type { HttpClient, HttpContext, HttpOptions, ObservedRequest } from './http.js';

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse, body: string) => void;

let server: Server;
let origin: string;
let answer: Answer;
let calls: string[];
let observed: ObservedRequest[];

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    calls.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      answer(incoming, outgoing, Buffer.concat(chunks).toString());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls = [];
  observed = [];
});

const signal = new AbortController().signal;
const client = (
  options: Partial<HttpOptions> = {},
  context: Partial<HttpContext> = {},
): HttpClient =>
  createHttp({
    system: 'Simulant',
    failures: {},
    mayBePrivate: () => true,
    observe: (request) => observed.push(request),
    ...context,
  })({ baseUrl: `${origin}/base`, ...options });

const answers =
  (status: number, body = '', headers: Record<string, string> = {}): Answer =>
  (_incoming, outgoing) => {
    outgoing.writeHead(status, headers);
    outgoing.end(body);
  };

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Failure))
    throw new Error('it did not fail with a Failure', { cause: outcome });
  return outcome;
};

describe('the client', () => {
  it('sends credentials, query and JSON below the base address and gives the parsed answer', async () => {
    answer = (incoming, outgoing, body) => {
      expect(incoming.headers.authorization).toBe(
        `Basic ${Buffer.from('jos:gehéim').toString('base64')}`,
      );
      expect(JSON.parse(body)).toEqual({ titel: 'Één put' });
      outgoing.end('{"id":7}');
    };
    const reply = await client({ auth: basic('jos', 'gehéim') }).post(
      '/things',
      { titel: 'Één put' },
      { query: { q: "a=='b';c" }, signal, as: Type.Object({ id: Type.Integer() }) },
    );
    expect(reply.id).toBe(7);
    expect(calls).toEqual(['POST /base/things?q=a%3D%3D%27b%27%3Bc']);
    expect(observed.map(({ status }) => status)).toEqual(['200']);
  });

  it('gives null for an empty answer', async () => {
    answer = answers(204);
    expect(await client().get('/things', { signal })).toBeNull();
  });

  it.each([
    [400, 'reject', 'invalid'],
    [401, 'pause', 'unauthorized'],
    [403, 'pause', 'forbidden'],
    [404, 'reject', 'not-found'],
    [409, 'reject', 'conflict'],
    [418, 'reject', 'invalid'],
    [423, 'retry', 'locked'],
    [429, 'retry', 'rate-limited'],
    [500, 'retry', 'unavailable'],
    [503, 'retry', 'unavailable'],
    [504, 'retry', 'timeout'],
  ])('makes of status %i a %s with code %s', async (status, verdict, code) => {
    answer = answers(status, '{"message":"because"}');
    const failure = await failureOf(client().get('/things', { signal }));
    expect([failure.verdict, failure.code]).toEqual([verdict, code]);
    expect(failure.message).toBe(`Simulant answered ${status} to GET /things: because`);
    expect(calls).toHaveLength(1);
    expect(observed.map((one) => one.status)).toEqual([String(status)]);
  });

  it('lets a connector depart from the table', async () => {
    answer = answers(404);
    const failure = await failureOf(
      client({}, { failures: { 404: ['pause', 'gone'] } }).get('/x', { signal }),
    );
    expect([failure.verdict, failure.code]).toEqual(['pause', 'gone']);
  });

  it.each([
    ['120', 120_000],
    ['86400', 3_600_000],
    ['-5', undefined],
    ['soon', undefined],
    [new Date(Date.now() + 60_000).toUTCString(), 60_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('takes Retry-After %s for what it says, up to an hour', async (value, expected) => {
    answer = answers(503, '', { 'retry-after': value });
    const { retryAfterMs } = await failureOf(client().get('/x', { signal }));
    if (expected === undefined) expect(retryAfterMs).toBeUndefined();
    else expect(Math.abs((retryAfterMs ?? NaN) - expected)).toBeLessThan(2_000);
  });

  it('follows no redirect', async () => {
    answer = answers(302, '', { location: `${origin}/elsewhere` });
    const failure = await failureOf(client().get('/x', { signal }));
    expect([failure.verdict, failure.code]).toEqual(['pause', 'redirected']);
    expect(calls).toEqual(['GET /base/x']);
  });

  it.each([
    ['a login page', '<!DOCTYPE html><html></html>', 'a page'],
    ['cut-off JSON', '{"id":', 'not JSON'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1'), 'not JSON'],
  ])('takes %s with status 200 for a failure', async (_what, body, says) => {
    answer = (_incoming, outgoing) => outgoing.end(Buffer.from(body, 'latin1'));
    const failure = await failureOf(client().get('/x', { signal }));
    expect([failure.verdict, failure.code]).toEqual(['retry', 'unavailable']);
    expect(failure.message).toContain(says);
  });

  it('stops reading an answer that is too long', async () => {
    answer = (_incoming, outgoing) => {
      const more = (): void => {
        if (outgoing.destroyed) return;
        outgoing.write('x'.repeat(65_536), more);
      };
      more();
    };
    const failure = await failureOf(client({ maxAnswerBytes: 200_000 }).get('/x', { signal }));
    expect(failure.message).toContain('more than 200000 bytes');
  });

  it('refuses an answer of another shape', async () => {
    answer = answers(200, '{"id":"seven"}');
    const as = Type.Object({ id: Type.Integer() });
    const failure = await failureOf(client().get('/x', { signal, as }));
    expect([failure.verdict, failure.code]).toEqual(['retry', 'unavailable']);
  });

  it('retries nothing when the line breaks', async () => {
    answer = (incoming) => incoming.socket.destroy();
    const failure = await failureOf(client().post('/x', {}, { signal }));
    expect([failure.verdict, failure.code]).toEqual(['retry', 'unavailable']);
    expect(calls).toHaveLength(1);
    expect(observed.map(({ status }) => status)).toEqual(['unavailable']);
  });

  it('waits no longer than its time for an answer that does not come or does not end', async () => {
    answer = () => undefined;
    expect((await failureOf(client({ timeoutMs: 50 }).get('/x', { signal }))).code).toBe('timeout');
    answer = (_incoming, outgoing) => outgoing.write('{"a":');
    expect((await failureOf(client({ timeoutMs: 50 }).get('/x', { signal }))).code).toBe('timeout');
  });

  it('honours the deadline of the bus', async () => {
    answer = () => undefined;
    const failure = await failureOf(client().get('/x', { signal: AbortSignal.timeout(50) }));
    expect([failure.verdict, failure.code]).toEqual(['retry', 'timeout']);
  });

  it('pauses on TLS that cannot be trusted', async () => {
    const failure = await failureOf(
      client({ baseUrl: origin.replace('http:', 'https:') }).get('/x', { signal }),
    );
    expect([failure.verdict, failure.code]).toEqual(['pause', 'certificate']);
  });

  it('tells nothing personal that the other side echoes, and keeps ids', async () => {
    const id = '5f0c1234-5678-4123-9012-123456789012';
    answer = answers(
      400,
      JSON.stringify([
        {
          message: `${id} an.voorbeeld@example.org 85.73.00-033.28 +32 470 12 34 56 053/12.34.56 BE68 5390 0754 7034 ${'z'.repeat(900)}`,
        },
      ]),
    );
    const { message, cause } = await failureOf(
      client().get('/x', { query: { email: 'an@example.org' }, signal }),
    );
    expect(message).toContain(id);
    expect(message).not.toMatch(/example\.org|033|470|12\.34|5390/);
    expect(message.length).toBeLessThan(600);
    expect(cause).toBeUndefined();
  });

  it('streams a file whose name cannot leave its header', async () => {
    let seen = '';
    answer = (incoming, outgoing, body) => {
      seen = body;
      expect(Number(incoming.headers['content-length'])).toBe(Buffer.byteLength(body));
      outgoing.end('{}');
    };
    const content = Readable.from(['bytes of ', 'a photo']);
    await client().request({
      method: 'POST',
      path: '/files',
      signal,
      form: [
        { name: 'description', value: 'urn:x' },
        {
          name: 'file',
          fileName: 'fo"to\r\nX-Evil: 1/../é.jpg',
          contentType: 'image/jpeg',
          sizeBytes: 16,
          content,
        },
      ],
    });
    expect(seen).toContain('bytes of a photo');
    expect(seen).toMatch(/filename="fo_to_X-Evil: 1_.._é\.jpg"\r\n/);
  });
});

describe('addresses', () => {
  const guarded = (baseUrl: string): Promise<Failure> =>
    failureOf(
      client({ baseUrl, timeoutMs: 2_000 }, { mayBePrivate: () => false }).get('/x', { signal }),
    );

  it.each([
    'https://127.0.0.1',
    'https://10.0.0.1',
    'https://192.168.1.1',
    'https://172.16.0.1',
    'https://169.254.169.254',
    'https://100.64.0.1',
    'https://0.0.0.0',
    'https://[::1]',
    'https://[::]',
    'https://[fe80::1]',
    'https://[fc00::1]',
    'https://[::ffff:10.0.0.1]',
    'https://[64:ff9b::a00:1]',
    'https://[64:ff9b:1::a00:1]',
    'https://[2002:a00:1::]',
    'https://2130706433',
    'https://0x7f.1',
    'https://localhost',
    'https://198.18.0.1',
    'https://224.0.0.1',
  ])('never connects to %s', async (address) => {
    const failure = await guarded(address);
    expect([failure.verdict, failure.code]).toEqual(['pause', 'misconfigured']);
    expect(failure.message).toContain('private address');
  });

  it('wants TLS, except for hosts that the tenant allows', async () => {
    expect(() => client({}, { mayBePrivate: () => false })).toThrow(/https/);
    answer = answers(200, '1');
    expect(
      await client({}, { mayBePrivate: (host) => host === '127.0.0.1' }).get('/', { signal }),
    ).toBe(1);
  });

  it('takes no path for another host', async () => {
    const failure = await failureOf(
      client({ baseUrl: origin }).get('//evil.example/x', { signal }),
    );
    expect(failure.code).toBe('misconfigured');
    expect(calls).toEqual([]);
  });
});
