import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { failureOf, startAnswering } from './contract/answering.js';
import type { Answering } from './contract/answering.js';
import { boundaryOf, multipart, readMultipart } from './multipart.js';
import type { Part } from './multipart.js';

let server: Answering;
beforeAll(async () => {
  server = await startAnswering();
});
afterAll(() => server.close());
beforeEach(() => server.forget());

const signal = new AbortController().signal;

const answerPart = (status: number, body = '', headers: readonly string[] = []): string =>
  ['Content-Type: application/http', '', `HTTP/1.1 ${status} X`, ...headers, '', body].join('\r\n');

const changeSetPart = (parts: readonly string[]): string =>
  `Content-Type: multipart/mixed; boundary=inner\r\n\r\n${multipart('inner', parts)}`;

const answering = (...parts: readonly string[]): void => {
  server.answer = (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'multipart/mixed; boundary=outer' });
    outgoing.end(multipart('outer', parts));
  };
};

const read = {
  method: 'GET',
  path: '/things',
  query: { $filter: "email eq 'a+b@example.org'" },
} as const;
const write = { method: 'PATCH', path: '/things(1)', json: { titel: 'Één put' } } as const;

describe('a batch', () => {
  it('carries its requests in the body, the change set within it, and nothing in the address', async () => {
    let heard = { type: '', prefer: '', body: '' };
    server.answer = (incoming, outgoing, body) => {
      const { 'content-type': type = '', prefer } = incoming.headers;
      heard = { type, prefer: String(prefer), body };
      outgoing.writeHead(200, { 'content-type': 'multipart/mixed; boundary=outer' });
      outgoing.end(multipart('outer', [answerPart(200, '{}'), changeSetPart([answerPart(204)])]));
    };
    await server.client().batch({ path: '/$batch', parts: [read, [write]], signal });
    expect(server.calls).toEqual(['POST /base/$batch']);
    expect(heard.prefer).toBe('odata.continue-on-error');
    const partsOf = (type = '', body = ''): Part[] =>
      readMultipart(boundaryOf(type) ?? 'none', body) ?? [];
    const [first, second] = partsOf(heard.type, heard.body);
    expect(first?.body).toMatch(
      /^GET \/base\/things\?\$filter=email%20eq%20%27a%2Bb%40example.org%27 HTTP\/1\.1\r\n/,
    );
    const [inner] = partsOf(second?.headers['content-type'], second?.body);
    expect(inner?.headers).toMatchObject({ 'content-id': '1', 'content-type': 'application/http' });
    expect(inner?.body).toContain(
      `content-length: ${Buffer.byteLength('{"titel":"Één put"}')}\r\n`,
    );
    expect(inner?.body.endsWith('{"titel":"Één put"}')).toBe(true);
  });

  it('gives the answers in the order of the requests', async () => {
    answering(answerPart(200, '{"n":1}'), changeSetPart([answerPart(204), answerPart(200, '2')]));
    const answers = await server
      .client()
      .batch({ path: '/$batch', parts: [read, [write, write]], signal });
    expect(answers.map((item) => item.map(({ status, body }) => [status, body]))).toEqual([
      [[200, { n: 1 }]],
      [
        [204, null],
        [200, 2],
      ],
    ]);
  });

  it('fails with the first part that fails, by its own status, code and Retry-After', async () => {
    answering(
      answerPart(200, '{}'),
      answerPart(429, '{"error":{"code":"0x80072326","message":"too many"}}', ['Retry-After: 5']),
    );
    const codeOf = (body: unknown): string | null =>
      (body as { error?: { code?: string } }).error?.code ?? null;
    const failure = await failureOf(
      server
        .client({}, { errors: { codeOf, table: {} } })
        .batch({ path: '/$batch', parts: [read, [write, write]], signal }),
    );
    expect(failure).toMatchObject({
      verdict: 'retry',
      code: 'rate-limited',
      retryAfterMs: 5_000,
      externalCode: '0x80072326',
      message: 'Simulant answered 429 to PATCH /things(1): too many',
    });
  });

  it('lets the code of an error go before its status', async () => {
    server.answer = (_incoming, outgoing) => {
      outgoing.writeHead(400);
      outgoing.end('{"error":{"code":"0x1","message":"in use"}}');
    };
    const codeOf = (): string => '0x1';
    const table = { '0x1': { verdict: 'retry', code: 'locked', meaning: 'in use' } } as const;
    const failure = await failureOf(
      server.client({}, { errors: { codeOf, table } }).get('/x', { signal }),
    );
    expect([failure.verdict, failure.code]).toEqual(['retry', 'locked']);
  });

  it('checks the shape of each answer', async () => {
    answering(answerPart(200, '{"n":"one"}'));
    const part = { ...read, as: Type.Object({ n: Type.Integer() }) };
    const failure = await failureOf(
      server.client().batch({ path: '/$batch', parts: [part], signal }),
    );
    expect(failure.message).toContain('at "/n"');
  });

  it.each([
    ['fewer answers than requests', [answerPart(200, '{}')], 'does not answer its parts'],
    ['an answer that is no JSON', [answerPart(200, '{'), answerPart(204)], 'does not answer'],
    [
      'an answer without status',
      ['Content-Type: application/http\r\n\r\nhello', answerPart(204)],
      'does not',
    ],
    [
      'a change set answered in part',
      [answerPart(200, '{}'), changeSetPart([answerPart(204)])],
      'does not',
    ],
  ])('is no success with %s', async (_what, parts, says) => {
    answering(...parts);
    const failure = await failureOf(
      server.client().batch({ path: '/$batch', parts: [read, [write, write]], signal }),
    );
    expect([failure.verdict, failure.code]).toEqual(['retry', 'unavailable']);
    expect(failure.message).toContain(says);
  });

  it('is no success where a page or broken text comes in its place', async () => {
    for (const [body, says] of [
      ['<html></html>', 'a page'],
      ['{"id":', 'does not answer'],
    ] as const) {
      server.answer = (_incoming, outgoing) => outgoing.end(body);
      const failure = await failureOf(
        server.client().batch({ path: '/$batch', parts: [read], signal }),
      );
      expect(failure.verdict).toBe('retry');
      expect(failure.message).toContain(says);
    }
  });
});
