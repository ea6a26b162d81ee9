import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { openAttachmentStore } from './store.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lbbus-sweep-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

it('clears away what interrupted uploads left a day ago, and nothing else', async () => {
  const key = { id: 'k1', bytes: randomBytes(32) };
  const store = openAttachmentStore(pathToFileURL(root).href, () => [key]);
  const { id } = await store.put('aalter', Readable.from([Buffer.from('put')]), {
    fileName: null,
    contentType: 'text/plain',
  });
  for (const name of await readdir(join(root, 'aalter'), { recursive: true }))
    await utimes(join(root, 'aalter', name), hoursAgo(100), hoursAgo(100));
  const staging = join(root, 'aalter', 'staging');
  await mkdir(staging, { recursive: true });
  for (const [name, hours] of [
    ['old', 25],
    ['underway', 23],
  ] as const) {
    await writeFile(join(staging, name), 'half');
    await utimes(join(staging, name), hoursAgo(hours), hoursAgo(hours));
  }
  await store.sweep(['aalter', 'never-uploaded']);
  expect(await readdir(staging)).toEqual(['underway']);
  expect(await (await store.read('aalter', id)).toArray()).toEqual([Buffer.from('put')]);
});
