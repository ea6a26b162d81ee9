import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { basic } from './auth.js';
import { answers, failureOf, startAnswering } from './contract/answering.js';
import type { Answering } from './contract/answering.js';

let server: Answering;
beforeAll(async () => {
  server = await startAnswering();
});
afterAll(() => server.close());
beforeEach(() => server.forget());

const signal = new AbortController().signal;

describe('the client', () => {
  it('sends credentials, query and JSON below the base address and gives the parsed answer', async () => {
    server.answer = (incoming, outgoing, body) => {
      expect(incoming.headers.authorization).toBe(
        `Basic ${Buffer.from('jos:gehéim').toString('base64')}`,
      );
      expect(JSON.parse(body)).toEqual({ titel: 'Één put' });
      outgoing.end('{"id":7}');
    };
    const reply = await server
      .client({ auth: basic('jos', 'gehéim') })
      .post(
        '/things',
        { titel: 'Één put' },
        { query: { q: "a=='b';c" }, signal, as: Type.Object({ id: Type.Integer() }) },
      );
    expect(reply.id).toBe(7);
    expect(server.calls).toEqual(['POST /base/things?q=a%3D%3D%27b%27%3Bc']);
    expect(server.observed).toMatchObject([{ method: 'POST', status: '200' }]);
  });

  it('gives null for an empty answer', async () => {
    server.answer = answers(204);
    expect(await server.client().get('/things', { signal })).toBeNull();
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
    server.answer = answers(status, '{"message":"because"}');
    const failure = await failureOf(server.client().get('/things', { signal }));
    expect([failure.verdict, failure.code]).toEqual([verdict, code]);
    expect(failure.message).toBe(`Simulant answered ${status} to GET /things: because`);
    expect(server.calls).toHaveLength(1);
    expect(server.observed.map((one) => one.status)).toEqual([String(status)]);
  });

  it('lets a connector depart from the table', async () => {
    server.answer = answers(404);
    const failure = await failureOf(
      server.client({}, { failures: { 404: ['pause', 'gone'] } }).get('/x', { signal }),
    );
    expect([failure.verdict, failure.code]).toEqual(['pause', 'gone']);
  });

  it.each([
    ['120', 120_000],
    ['86400', 3_600_000],
    ['-5', undefined],
    ['soon', undefined],
    ['a minute from now', 60_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('takes Retry-After %s for what it says, up to an hour', async (value, expected) => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    const said = value === 'a minute from now' ? inAMinute : value;
    server.answer = answers(503, '', { 'retry-after': said });
    const { retryAfterMs } = await failureOf(server.client().get('/x', { signal }));
    if (expected === undefined) expect(retryAfterMs).toBeUndefined();
    else expect(Math.abs((retryAfterMs ?? NaN) - expected)).toBeLessThan(2_000);
  });

  it('follows no redirect', async () => {
    server.answer = answers(302, '', { location: `${server.origin}/elsewhere` });
    const failure = await failureOf(server.client().get('/x', { signal }));
    expect([failure.verdict, failure.code]).toEqual(['pause', 'redirected']);
    expect(server.calls).toEqual(['GET /base/x']);
  });

  it.each([
    ['a login page', '<!DOCTYPE html><html></html>', 'a page'],
    ['cut-off JSON', '{"id":', 'not JSON'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1'), 'not JSON'],
  ])('takes %s with status 200 for a failure', async (_what, body, says) => {
    server.answer = (_incoming, outgoing) => outgoing.end(Buffer.from(body, 'latin1'));
    const failure = await failureOf(server.client().get('/x', { signal }));
    expect([failure.verdict, failure.code]).toEqual(['retry', 'unavailable']);
    expect(failure.message).toContain(says);
    expect(server.observed.map(({ status }) => status)).toEqual(['unavailable']);
  });

  it('stops reading an answer that is too long', async () => {
    server.answer = (_incoming, outgoing) => {
      const more = (): void => {
        if (outgoing.destroyed) return;
        outgoing.write('x'.repeat(65_536), more);
      };
      more();
    };
    const failure = await failureOf(
      server.client({ maxAnswerBytes: 200_000 }).get('/x', { signal }),
    );
    expect(failure.message).toContain('more than 200000 bytes');
  });

  it('refuses an answer of another shape', async () => {
    server.answer = answers(200, '{"id":"seven"}');
    const as = Type.Object({ id: Type.Integer() });
    const failure = await failureOf(server.client().get('/x', { signal, as }));
    expect([failure.verdict, failure.code]).toEqual(['retry', 'unavailable']);
  });

  it('retries nothing when the line breaks', async () => {
    server.answer = (incoming) => incoming.socket.destroy();
    const failure = await failureOf(server.client().post('/x', {}, { signal }));
    expect([failure.verdict, failure.code]).toEqual(['retry', 'unavailable']);
    expect(server.calls).toHaveLength(1);
    expect(server.observed.map(({ status }) => status)).toEqual(['unavailable']);
  });

  it('waits no longer than its time for an answer that does not come or does not end', async () => {
    server.answer = () => undefined;
    expect((await failureOf(server.client({ timeoutMs: 50 }).get('/x', { signal }))).code).toBe(
      'timeout',
    );
    server.answer = (_incoming, outgoing) => outgoing.write('{"a":');
    expect((await failureOf(server.client({ timeoutMs: 50 }).get('/x', { signal }))).code).toBe(
      'timeout',
    );
  });

  it('honours the deadline of the bus', async () => {
    server.answer = () => undefined;
    const failure = await failureOf(server.client().get('/x', { signal: AbortSignal.timeout(50) }));
    expect([failure.verdict, failure.code]).toEqual(['retry', 'timeout']);
  });

  it('sends nothing that acts after the process was frozen past its deadline', async () => {
    server.answer = answers(200, '[]');
    const client = server.client();
    // Again and again: once its lines are up a request goes out at once.
    for (let round = 0; round < 4; round += 1) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), 100);
      await client.get('/things', { signal: deadline.signal });
      // Nothing of this process goes on meanwhile, as after SIGSTOP: what comes first afterwards is the answer.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
      const failure = await failureOf(client.post('/things', {}, { signal: deadline.signal }));
      clearTimeout(timer);
      expect(failure).toMatchObject({ verdict: 'retry', code: 'timeout' });
    }
    expect(new Set(server.calls)).toEqual(new Set(['GET /base/things']));
  });

  it('pauses on TLS that cannot be trusted', async () => {
    const failure = await failureOf(
      server.client({ baseUrl: server.origin.replace('http:', 'https:') }).get('/x', { signal }),
    );
    expect([failure.verdict, failure.code]).toEqual(['pause', 'certificate']);
  });

  it('tells nothing personal that the other side echoes, and keeps ids', async () => {
    const id = '5f0c1234-5678-4123-9012-123456789012';
    server.answer = answers(
      400,
      JSON.stringify([
        {
          message: `${id} an.voorbeeld@example.org 85.73.00-033.28 +32 470 12 34 56 053/12.34.56 BE68 5390 0754 7034 ${'z'.repeat(900)}`,
        },
      ]),
    );
    const { message, cause } = await failureOf(
      server.client().get('/x', { query: { email: 'an@example.org' }, signal }),
    );
    expect(message).toContain(id);
    expect(message).not.toMatch(/example\.org|033|470|12\.34|5390/);
    expect(message.length).toBeLessThan(600);
    expect(cause).toBeUndefined();
  });
});
