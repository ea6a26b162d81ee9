import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttp } from './http-client.js';

const mebibyte = 1024 * 1024;
const fileBytes = 48 * mebibyte;
/** What may lie between the one who gives the bytes and the one who gets them. */
const windowBytes = 8 * mebibyte;

let server: Server;
afterEach(() => void server.close());

/** Counts what arrives, and says when so much has. */
const startCounting = async (): Promise<{
  baseUrl: string;
  got: () => number;
  until: (bytes: number) => Promise<void>;
}> => {
  let got = 0;
  let heard = (): void => undefined;
  server = createServer((incoming, outgoing) => {
    incoming.on('data', (chunk: Buffer) => {
      got += chunk.length;
      heard();
    });
    incoming.on('end', () => outgoing.end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const until = async (bytes: number): Promise<void> => {
    while (got < bytes) await new Promise<void>((resolve) => (heard = resolve));
  };
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, got: () => got, until };
};

const clientOf = (baseUrl: string, timeoutMs: number) =>
  createHttp({
    system: 'Desk',
    failures: {},
    mayBePrivate: () => true,
    observe: () => undefined,
  })({ baseUrl, timeoutMs });

describe('a file of any size', () => {
  it('is never held whole: its last bytes are made when its first have arrived', async () => {
    const { baseUrl, got, until } = await startCounting();
    const chunk = Buffer.alloc(mebibyte);
    async function* bytes(): AsyncGenerator<Buffer> {
      for (let given = 0; given < fileBytes; given += chunk.length) {
        // Who collects the whole file before sending waits here for ever.
        await until(given - windowBytes);
        yield chunk;
      }
    }
    await clientOf(baseUrl, 30_000).request({
      method: 'POST',
      path: '/files',
      signal: AbortSignal.timeout(60_000),
      form: [
        {
          name: 'file',
          fileName: 'film.mp4',
          contentType: 'video/mp4',
          sizeBytes: fileBytes,
          content: Readable.from(bytes()),
        },
      ],
    });
    expect(got()).toBeGreaterThan(fileBytes);
  }, 90_000);

  it('may take longer than other requests', async () => {
    const { baseUrl, got, until } = await startCounting();
    async function* slowly(): AsyncGenerator<Buffer> {
      yield Buffer.from('a');
      await until(1);
      await new Promise((resolve) => setTimeout(resolve, 60));
      yield Buffer.from('b');
    }
    const content = Readable.from(slowly());
    const file = { name: 'file', fileName: 'a', contentType: 'a/b', sizeBytes: 2, content };
    const signal = AbortSignal.timeout(60_000);
    await clientOf(baseUrl, 20).request({ method: 'POST', path: '/files', signal, form: [file] });
    expect(got()).toBeGreaterThan(2);
  }, 90_000);
});
