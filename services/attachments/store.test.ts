import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { collectGarbage } from '#infra/testing/garbage.js';
import { type KeyRing, SealBroken } from '#runtime/keys.js';
import {
  type AttachmentStore,
  AttachmentTooLarge,
  DigestMismatch,
  maxAttachmentBytes,
  openAttachmentStore,
} from './store.js';

type S3rver = new (options: object) => {
  run: () => Promise<AddressInfo>;
  httpServer: Server;
  close: () => Promise<void>;
};

const rings = new Map<string, KeyRing>(
  ['aalter', 'beringen'].map((tenant) => [tenant, [{ id: 'k1', bytes: randomBytes(32) }]]),
);
const keysOf = (tenant: string): KeyRing => rings.get(tenant)!;
const meta = { fileName: 'foto van An.jpg', contentType: 'image/jpeg' };

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());

/** All that was kept; s3rver leaves the parts of a broken upload behind, as it does not know AbortMultipartUpload. */
const filesBelow = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => ((await stat(join(folder, name))).isFile() ? [name] : [])),
  );
  return files.flat().filter((name) => !name.includes('_S3rver_uploads'));
};

/** A stream of zeros that never lies in memory whole. */
const zeros = (sizeBytes: number): Readable => {
  const chunk = Buffer.alloc(64 * 1024);
  let left = sizeBytes;
  return Readable.from(
    (function* () {
      for (; left > 0; left -= chunk.length) yield chunk.subarray(0, Math.min(left, chunk.length));
    })(),
  );
};

describe.each(['file', 's3'] as const)('attachments kept in a %s store', (kind) => {
  let root: string;
  let store: AttachmentStore;
  let s3: InstanceType<S3rver> | undefined;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lbbus-attachments-'));
    if (kind === 'file') {
      store = openAttachmentStore(pathToFileURL(root).href, keysOf);
      return;
    }
    const S3rver = createRequire(import.meta.url)('s3rver') as S3rver;
    s3 = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: root,
      configureBuckets: [{ name: 'bijlagen' }],
    });
    await s3.run();
    const { port } = s3.httpServer.address() as AddressInfo;
    process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
    store = openAttachmentStore(
      `s3://bijlagen/lb?endpoint=http://127.0.0.1:${port}&region=eu-west-1`,
      keysOf,
    );
  });

  afterAll(async () => {
    store.close();
    await s3?.close();
    await rm(root, { recursive: true, force: true });
  });

  it.each([0, 1, 65_535, 65_536, 65_537, 300_000, 6 * 1024 * 1024])(
    'gives %d bytes back as they came, with what was said of them',
    async (sizeBytes) => {
      const bytes = randomBytes(sizeBytes);
      const stored = await store.put('aalter', Readable.from([bytes]), meta);
      expect(stored).toEqual({ ...meta, id: stored.id, sizeBytes, sha256: sha256(bytes) });
      expect(await store.describe('aalter', stored.id)).toEqual(stored);
      expect((await bytesOf(await store.read('aalter', stored.id))).equals(bytes)).toBe(true);
    },
  );

  it('does not exist for another tenant, nor under an unknown or malformed id', async () => {
    const { id } = await store.put('aalter', Readable.from([Buffer.from('put')]), meta);
    expect(await store.describe('beringen', id)).toBeNull();
    await expect(store.read('beringen', id)).rejects.toThrow(/no attachment/);
    expect(await store.describe('aalter', '0190b5a2-0000-7000-8000-000000000000')).toBeNull();
    expect(await store.describe('aalter', `../aalter/id/${id}`)).toBeNull();
  });

  it('writes neither content, file name nor hash in the clear', async () => {
    const secret = Buffer.from('An Voorbeeld woont hier. '.repeat(100));
    await store.put('aalter', Readable.from([secret]), meta);
    for (const name of await filesBelow(root)) {
      const bytes = await readFile(join(root, name));
      expect(name).not.toContain(sha256(secret));
      for (const word of ['Voorbeeld', 'foto van An', 'image/jpeg', sha256(secret)])
        expect(bytes.includes(word)).toBe(false);
    }
  });

  it('keeps equal content once, under an id for each', async () => {
    const bytes = randomBytes(200_000);
    const first = await store.put('aalter', Readable.from([bytes]), meta);
    const files = (await filesBelow(root)).length;
    const second = await store.put('aalter', Readable.from([bytes]), { ...meta, fileName: null });
    expect(second.id).not.toBe(first.id);
    const filesPerObject = kind === 's3' ? 3 : 1;
    expect((await filesBelow(root)).length - files).toBe(filesPerObject);
  });

  it('stores nothing of what is too large, not what was announced, or cut half-way', async () => {
    const before = await filesBelow(root);
    await expect(store.put('aalter', zeros(maxAttachmentBytes + 1), meta)).rejects.toThrow(
      AttachmentTooLarge,
    );
    const announced = { ...meta, sha256: sha256(Buffer.from('other')) };
    await expect(store.put('aalter', Readable.from([randomBytes(9)]), announced)).rejects.toThrow(
      DigestMismatch,
    );
    const cut = Readable.from(
      (function* () {
        yield randomBytes(100_000);
        throw new Error('connection lost');
      })(),
    );
    await expect(store.put('aalter', cut, meta)).rejects.toThrow('connection lost');
    expect(await filesBelow(root)).toEqual(before);
  }, 30_000);

  it('takes exactly the limit without holding it in memory', async () => {
    const much = maxAttachmentBytes * 0.75;
    const before = process.memoryUsage().arrayBuffers;
    const more = (): number => process.memoryUsage().arrayBuffers - before;
    let highest = 0;
    const watch = setInterval(() => {
      if (more() >= much) collectGarbage();
      highest = Math.max(highest, more());
    }, 5);
    const stored = await store.put('aalter', zeros(maxAttachmentBytes), meta);
    clearInterval(watch);
    expect(stored.sizeBytes).toBe(maxAttachmentBytes);
    expect(highest > 0 && highest < much).toBe(true);
  }, 30_000);
});

describe('attachments whose file was touched', () => {
  let root: string;
  let store: AttachmentStore;
  const plain = randomBytes(200_000);

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lbbus-touched-'));
    store = openAttachmentStore(pathToFileURL(root).href, keysOf);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  const head = 66;
  const frame = 65_552;
  const swapped = (bytes: Buffer) =>
    Buffer.concat([
      bytes.subarray(0, head),
      bytes.subarray(head + frame, head + 2 * frame),
      bytes.subarray(head, head + frame),
      bytes.subarray(head + 2 * frame),
    ]);
  const flipped = (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    copy[head + 10]! ^= 1;
    return copy;
  };

  it.each([
    ['cut inside a frame', (bytes: Buffer) => bytes.subarray(0, bytes.length - 9)],
    ['cut between frames', (bytes: Buffer) => bytes.subarray(0, head + 2 * frame)],
    ['cut to its head', (bytes: Buffer) => bytes.subarray(0, head)],
    ['emptied', () => Buffer.alloc(0)],
    ['put in another order', swapped],
    ['changed in one bit', flipped],
    ['made longer', (bytes: Buffer) => Buffer.concat([bytes, bytes.subarray(-100)])],
  ])('are refused when %s', async (_name, touch) => {
    const { id } = await store.put('aalter', Readable.from([plain]), meta);
    for (const name of await filesBelow(join(root, 'aalter'))) {
      const file = join(root, 'aalter', name);
      if (!name.startsWith('id')) await writeFile(file, touch(await readFile(file)));
    }
    await expect(store.read('aalter', id).then(bytesOf)).rejects.toThrow(SealBroken);
  });

  it('are refused when the bytes of another of the same tenant stand in their place', async () => {
    await rm(root, { recursive: true });
    const one = await store.put('aalter', Readable.from([Buffer.from('one')]), meta);
    const [place] = (await filesBelow(root)).filter((name) => !name.includes('/id/'));
    await store.put('aalter', Readable.from([Buffer.from('two')]), meta);
    const [other] = (await filesBelow(root)).filter((n) => !n.includes('/id/') && n !== place);
    await writeFile(join(root, place!), await readFile(join(root, other!)));
    await expect(store.read('aalter', one.id).then(bytesOf)).rejects.toThrow(SealBroken);
  });
});

it('an address that is neither a folder nor a bucket is refused at start', () => {
  expect(() => openAttachmentStore('ftp://elders/', keysOf)).toThrow(/use file: or s3:/);
});
