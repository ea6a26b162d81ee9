import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { until } from '#infra/testing/until.js';
import type { KeyRing } from '#runtime/keys.js';
import { openAttachmentStore } from './store.js';

const ring: KeyRing = [{ id: 'k1', bytes: randomBytes(32) }];
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'let-go-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Files below the folder that this process has open, as Linux tells. */
const openBelow = async (folder: string): Promise<string[]> => {
  const links = await readdir('/proc/self/fd');
  const files = await Promise.all(
    links.map((link) => readlink(`/proc/self/fd/${link}`).catch(() => '')),
  );
  return files.filter((file) => file.startsWith(folder));
};

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('lets go of the file of an attachment that nobody began to read', async () => {
  const store = openAttachmentStore(pathToFileURL(root).href, () => ring);
  const meta = { fileName: 'foto.jpg', contentType: 'image/jpeg' };
  const { id } = await store.put('aalter', Readable.from([randomBytes(300_000)]), meta);
  const content = await store.read('aalter', id);
  expect(await openBelow(root)).toHaveLength(1);
  content.destroy();
  await until(async () => (await openBelow(root)).length === 0, { what: 'the file to be closed' });
});
