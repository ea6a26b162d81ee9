import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Stored } from './stored.js';

const format = 'lb-bus tenants 1';

/**
 * Keeps the tenants in a file that only this user reads, so that a process can start while PostgreSQL is away.
 * Keys stay wrapped in it, secrets are not in it. Written beside and renamed: a reader never meets half a file.
 */
export const writeSnapshot = async (file: string, stored: Stored): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.new`;
  await writeFile(beside, JSON.stringify({ format, stored }), { mode: 0o600 });
  await rename(beside, file);
};

/** The tenants as last written; null where there is no such file or it is not one of ours. */
export const readSnapshot = async (file: string): Promise<Stored | null> => {
  try {
    const content = JSON.parse(await readFile(file, 'utf8')) as {
      format?: string;
      stored?: Stored;
    };
    return content.format === format && content.stored ? content.stored : null;
  } catch {
    return null;
  }
};
