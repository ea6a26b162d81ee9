import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Failure } from './failure.js';
import { answers, failureOf, startAnswering } from './contract/answering.js';
import type { Answering } from './contract/answering.js';

let server: Answering;
beforeAll(async () => {
  server = await startAnswering();
});
afterAll(() => server.close());
beforeEach(() => server.forget());

const signal = new AbortController().signal;

describe('a form', () => {
  it('streams a file whose name cannot leave its header', async () => {
    let seen = '';
    server.answer = (incoming, outgoing, body) => {
      seen = body;
      expect(Number(incoming.headers['content-length'])).toBe(Buffer.byteLength(body));
      outgoing.end('{}');
    };
    const content = Readable.from(['bytes of ', 'a photo']);
    await server.client().request({
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
      server
        .client({ baseUrl, timeoutMs: 2_000 }, { mayBePrivate: () => false })
        .get('/x', { signal }),
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
    expect(() => server.client({}, { mayBePrivate: () => false })).toThrow(/https/);
    server.answer = answers(200, '1');
    expect(
      await server
        .client({}, { mayBePrivate: (host) => host === '127.0.0.1' })
        .get('/', { signal }),
    ).toBe(1);
  });

  it('takes no path for another host', async () => {
    const failure = await failureOf(
      server.client({ baseUrl: server.origin }).get('//evil.example/x', { signal }),
    );
    expect(failure.code).toBe('misconfigured');
    expect(server.calls).toEqual([]);
  });
});
