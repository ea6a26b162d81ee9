import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectBus } from '#bus/connection.js';
import { json, structured } from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { until } from '#infra/testing/until.js';
import { call, writeAndLeave } from '#infra/testing/caller.js';
import { key, tenants } from '#infra/testing/door-tenants.js';
import { secretOf, startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import { open } from '#runtime/keys.js';
import { createLog } from '#runtime/log.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    tenants,
    times: { messageMs: 400, batchMs: 400, idleMs: 400 },
  });
}, 60_000);
afterAll(() => gateway.end());

const digestOf = (bytes: Uint8Array): string =>
  `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

describe('attachments', () => {
  const upload = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    call(`${gateway.url}/v1/attachments`, {
      key,
      body,
      headers: { 'content-type': 'image/jpeg', ...headers },
    });
  const photo = new Uint8Array(randomBytes(300_000));

  it('come back as they went, with their name, and may be referred to', async () => {
    const stored = await upload(photo, {
      'content-disposition': `attachment; filename="x.jpg"; filename*=UTF-8''put%20%E2%82%AC.jpg`,
      'repr-digest': digestOf(photo),
    });
    const { id } = stored.json as { id: string };
    const sha256 = createHash('sha256').update(photo).digest('hex');
    const uri = `urn:lb-bus:attachment:${id}`;
    expect(stored.status).toBe(201);
    expect(stored.json).toEqual({ id, uri, sha256, size: 300_000, contentType: 'image/jpeg' });
    const response = await fetch(`${gateway.url}/v1/attachments/${id}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(photo)).toBe(true);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('repr-digest')).toBe(digestOf(photo));
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="put _.jpg"; filename*=UTF-8''put%20%E2%82%AC.jpg`,
    );
    const heeftBody = [{ '@type': 'MeldingBody', beschrijving: 'foto', bijlage: uri }];
    const event = meldingEvent({ id: 'photo', data: { ...meldingData(), heeftBody } });
    const sent = await call(`${gateway.url}/v1/messages`, {
      key,
      headers: structured,
      body: json(event),
    });
    expect(sent.status).toBe(202);
    const foreign = await call(`${gateway.url}/v1/attachments/${id}`, { key: 'lb_beringen_slow' });
    expect(foreign.status).toBe(404);
  });

  it('are refused where the bytes are not the announced ones, too many, or come too slowly', async () => {
    expect(await upload(photo, { 'repr-digest': digestOf(randomBytes(3)) })).toMatchObject({
      status: 422,
      json: { code: 'digest-mismatch' },
    });
    const large = new Uint8Array(100 * 1024 * 1024 + 1);
    expect(await upload(large)).toMatchObject({ status: 413, json: { code: 'too-large' } });
    const head = `POST /v1/attachments HTTP/1.1\r\nhost: bus\r\nauthorization: Bearer ${key}\r\ncontent-length: 100\r\n\r\nabc`;
    await writeAndLeave(gateway.url, head);
    const slow = fetch(`${gateway.url}/v1/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      duplex: 'half',
      body: new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(3)) }),
    });
    expect((await slow).status).toBe(408);
    expect(await readdir(join(gateway.folder, 'attachments', 'aalter', 'staging'))).toEqual([]);
  }, 30_000);

  it.each(['sha-256=:AAAA:', 'sha-256=abc', 'md5=:AAAA:, sha-256'])(
    'are refused with a digest that cannot be read: %s',
    async (digest) => {
      const reply = await upload(new Uint8Array(3), { 'repr-digest': digest });
      expect(reply).toMatchObject({ status: 422, json: { code: 'digest-mismatch' } });
      expect(reply.json['detail']).toMatch(/sha-256=:/);
    },
  );

  it('of a type that is none, or too large, are refused in words about attachments', async () => {
    const typeless = await upload(new Uint8Array(3), { 'content-type': 'x' });
    expect(typeless.json['detail']).toMatch(/geen geldig mediatype/);
    const tooLarge = await upload(new Uint8Array(100 * 1024 * 1024 + 1));
    expect(tooLarge.json['detail']).toMatch(/^Een bijlage is hoogstens/);
  });

  it('that were touched on disk are not given out', async () => {
    // The door gives a sender 400 ms here, which a busy machine may not have.
    const id = await until(
      async () => (await upload(new Uint8Array(randomBytes(999)))).json['id'] as string | undefined,
      { what: 'an attachment' },
    );
    const root = join(gateway.folder, 'attachments', 'aalter');
    for (const name of await readdir(root, { recursive: true })) {
      if (name.startsWith('id') || !/[0-9a-f]{64}$/.test(name)) continue;
      const bytes = await readFile(join(root, name));
      bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
      await writeFile(join(root, name), bytes);
    }
    const reply = await call(`${gateway.url}/v1/attachments/${id}`, { key });
    expect(reply).toMatchObject({ status: 500, json: { code: 'unclassified' } });
  });
});

describe('hooks', () => {
  const hook = (token: string): string => `${gateway.url}/v1/hooks/${token}`;
  const token = secretOf('aalter', 'hook-of-topdesk');

  it('keep a call as it came, sealed, for the connector it is meant for', async () => {
    const body = new Uint8Array([0, 255, 1, 254]);
    const reply = await call(hook(token), {
      body,
      headers: { 'content-encoding': 'gzip', 'x-signature': 'abc' },
    });
    expect(reply.status).toBe(202);
    const bus = connectBus({ url: gateway.vhost.url, name: 'test', log: createLog('t', 'silent') });
    const keys = await gateway.bodyKeysOf('aalter');
    const received = await new Promise<Record<string, unknown>>((resolve) => {
      bus.consume('h.aalter.topdesk', { prefetch: 1 }, async (delivery) => {
        expect(delivery.headers).toMatchObject({ 'lb-tenant': 'aalter', 'lb-target': 'topdesk' });
        const plain = open(delivery.body, keys, 'aalter|hook').toString('utf8');
        resolve(JSON.parse(plain) as Record<string, unknown>);
        delivery.ack();
        return Promise.resolve();
      });
    });
    await bus.close();
    expect(received).toMatchObject({
      headers: { 'x-signature': 'abc' },
      bodyBase64: Buffer.from(body).toString('base64'),
    });
    expect(typeof received['receivedAt']).toBe('string');
  });

  it('refuse an unknown token and a call that is too large, and keep nothing of it', async () => {
    const large = new Uint8Array(1024 * 1024 + 1);
    expect(await call(hook('unknown'), { body: 'x' })).toMatchObject({ status: 404 });
    expect(await call(hook(token), { body: large })).toMatchObject({ status: 413 });
    expect(await queueDepth(gateway.vhost, 'h.aalter.topdesk')).toBe(0);
  });
});
