import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, constants } from 'node:zlib';
import type { StoredFile } from './manifest.js';

/** Counts and hashes what passes. */
const meter = () => {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { through, end: () => ({ bytes, sha256: hash.digest('hex') }) };
};

/** Brings a file or folder to the disk itself: a rename or a name in it survives a crash only then. */
export const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes a stream compressed to a new file that only this user reads. */
export const writeCompressed = async (
  folder: string,
  file: string,
  content: Readable,
): Promise<StoredFile> => {
  const path = join(folder, file);
  const measured = meter();
  await pipeline(
    content,
    createGzip({ level: constants.Z_BEST_SPEED }),
    measured.through,
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  );
  await sync(path);
  return { file, ...measured.end() };
};

/** Throws, naming the file, where it is not there or not as it was written. */
export const checkFile = async (folder: string, { file, bytes, sha256 }: StoredFile) => {
  const measured = meter();
  try {
    await pipeline(createReadStream(join(folder, file)), measured.through.resume());
  } catch (cause) {
    throw new Error(`the backup is damaged: ${file} cannot be read`, { cause });
  }
  const found = measured.end();
  if (found.bytes !== bytes || found.sha256 !== sha256)
    throw new Error(
      `the backup is damaged: ${file} has ${found.bytes} bytes with SHA-256 ${found.sha256}, it was written with ${bytes} and ${sha256}`,
    );
};
