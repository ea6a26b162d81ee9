import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Blobs } from './blobs.js';

const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';

const makeFolder = (folder: string) => mkdir(folder, { recursive: true, mode: 0o700 });

const unlessMissing = async <T>(found: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await found;
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
};

const namesIn = (folder: string): Promise<string[]> => unlessMissing(readdir(folder), []);

/** By the last write: an upload that still runs is not old. */
const isOlder = async (file: string, before: Date): Promise<boolean> => {
  const found = await unlessMissing(stat(file), null);
  return found !== null && found.mtime < before;
};

/** A rename survives a crash only once its folder has reached the disk. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeWhole = async (file: string, content: AsyncIterable<Buffer>): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of content) await handle.appendFile(chunk);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
};

/** Sealed bytes in a folder; a file appears under its name only after it has reached the disk whole. */
export const fileBlobs = (root: string): Blobs => ({
  stage: async (folder, content) => {
    const staging = join(root, folder, 'staging');
    await makeFolder(staging);
    const file = join(staging, randomUUID());
    await writeWhole(file, content);
    return {
      keepAs: async (name) => {
        const target = join(root, name);
        await makeFolder(dirname(target));
        await rename(file, target);
        await syncFolder(dirname(target));
      },
      discard: () => rm(file, { force: true }),
    };
  },
  sweep: async (folder, before) => {
    const staging = join(root, folder, 'staging');
    for (const name of await namesIn(staging)) {
      const file = join(staging, name);
      if (await isOlder(file, before)) await rm(file, { force: true });
    }
  },
  read: async (name) => {
    try {
      return (await open(join(root, name), 'r')).createReadStream();
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  close: () => undefined,
});
