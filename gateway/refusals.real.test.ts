import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bytes } from '#infra/testing/bad-input/bytes.js';
import { contents } from '#infra/testing/bad-input/contents.js';
import { envelopes } from '#infra/testing/bad-input/envelopes.js';
import { binary, json, melding, structured, withData } from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { call, write, writeAndLeave, type Call, type Reply } from '#infra/testing/caller.js';
import { key, tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { meldingData } from '#infra/testing/melding.js';

describe('the door', () => {
  let gateway: TestGateway;
  let address: string;

  beforeAll(async () => {
    gateway = await startTestGateway({
      tenants,
      times: { messageMs: 400, batchMs: 400, idleMs: 400 },
    });
    address = `${gateway.url}/v1/messages`;
  }, 60_000);
  afterAll(() => gateway.end());

  const post = (options: Call): Promise<Reply> =>
    call(address, { key, ...options, headers: { ...structured, ...options.headers } });
  const entered = async (): Promise<number[]> =>
    Promise.all(
      ['audit', 't.aalter.topdesk', 't.aalter.meldpunt'].map((queue) =>
        queueDepth(gateway.vhost, queue),
      ),
    );
  const raw = (head: string, body = ''): string =>
    `POST /v1/messages HTTP/1.1\r\nhost: bus\r\nauthorization: Bearer ${key}\r\ncontent-type: application/cloudevents+json\r\n${head}\r\n${body}`;

  describe('refuses, lets nothing in and serves the next:', () => {
    let before: number[];
    beforeEach(async () => {
      before = await entered();
    });
    afterEach(async () => {
      expect(await entered()).toEqual(before);
      expect((await call(`${gateway.url}/v1/types`)).status).toBe(200);
    });

    it.each(Object.entries({ ...bytes, ...envelopes, ...contents }))(
      '%s',
      async (_name, { status, code, error, ...wrong }) => {
        const { headers = {}, body } = wrong;
        const reply = await post({ key: wrong.key ?? key, headers, body });
        expect({ status: reply.status, code: reply.json['code'] }).toEqual({ status, code });
        expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
        expect(reply.json['instance']).toBe(`urn:uuid:${reply.headers.get('x-request-id') ?? ''}`);
        if (error) expect((reply.json['errors'] as object[])[0]).toMatchObject(error);
        if (status === 401) expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
      },
    );

    it('a remote context, which is never fetched', async () => {
      let fetched = 0;
      const remote: Server = createServer((_request, response) => {
        fetched += 1;
        response.end('{"@context":{}}');
      });
      await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
      const { port } = remote.address() as AddressInfo;
      const reply = await post({
        body: withData({ '@context': `http://127.0.0.1:${port}/context.jsonld` }),
      });
      expect(reply.status).toBe(422);
      expect(reply.json['errors']).toEqual([
        expect.objectContaining({ pointer: '/data/@context', code: 'context' }),
      ]);
      remote.close();
      expect(fetched).toBe(0);
    });

    it('a header that stands twice', async () => {
      const { 'content-type': type, ...attributes } = binary;
      const lines = Object.entries(attributes).map(([name, value]) => `${name}: ${value}\r\n`);
      const body = json(meldingData());
      const answer = await write(
        gateway.url,
        `POST /v1/messages HTTP/1.1\r\nhost: bus\r\nauthorization: Bearer ${key}\r\ncontent-type: ${type}\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${lines.join('')}ce-id: other\r\n\r\n${body}`,
      );
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(answer).toContain('"pointer":"/id"');
    });

    it('a body that comes too slowly', async () => {
      const answer = await write(gateway.url, raw('content-length: 5000\r\n', '{"specversion":'));
      expect(answer).toMatch(/^HTTP\/1.1 408 /);
      expect(answer).toContain('"code":"timeout"');
    });

    it.each([
      ['a message', raw(`content-length: ${melding.length + 1}\r\n`, melding)],
      ['a chunked message', raw('transfer-encoding: chunked\r\n', `5\r\n{"a":\r\n`)],
      ['the headers', raw('content-length: 10').slice(0, 60)],
    ])('%s on a connection that is cut half-way', async (_name, bytes) => {
      await writeAndLeave(gateway.url, bytes);
    });

    it('a broken chunk', async () => {
      const answer = await write(
        gateway.url,
        raw('transfer-encoding: chunked\r\n', 'zz\r\n{}\r\n'),
      );
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(answer).toContain('application/problem+json');
    });
  });

  describe('tells as a problem what the HTTP parser and the router refuse:', () => {
    it.each([
      ['what is not HTTP', 'BREW coffee\r\n\r\n', 400, 'bad-query'],
      [
        'a request without host',
        'GET /v1/types HTTP/1.1\r\nconnection: close\r\n\r\n',
        400,
        'bad-query',
      ],
      [
        'headers that are too long',
        `GET / HTTP/1.1\r\nhost: bus\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
        431,
        'too-large',
      ],
      [
        'a path that cannot be decoded',
        'GET /v1/messages/%zz HTTP/1.1\r\nhost: bus\r\nconnection: close\r\n\r\n',
        400,
        'bad-query',
      ],
    ])('%s', async (_name, bytes, status, code) => {
      const answer = await write(gateway.url, bytes);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer).toContain('application/problem+json');
      expect(answer).toContain(`"code":"${code}"`);
      expect(answer.toLowerCase()).not.toContain('\r\nserver:');
    });

    it('a path that does not exist', async () => {
      const reply = await call(`${gateway.url}/v2/messages?naam=An`);
      expect(reply).toMatchObject({ status: 404, json: { code: 'not-found' } });
    });

    it('a method that a path does not have, with those it has', async () => {
      const reply = await call(`${gateway.url}/v1/messages/1`, { method: 'DELETE' });
      expect(reply).toMatchObject({ status: 405, json: { code: 'not-found' } });
      expect(reply.headers.get('allow')).toBe('GET');
    });
  });
});
