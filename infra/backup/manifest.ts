import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sequence, Table } from './catalogue.js';

export const manifestName = 'manifest.json';
const format = 'lb-bus backup 1';

/** A file of the backup, by which a damaged one is told from the one that was written. */
export interface StoredFile {
  /** Path within the backup. */
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** A table in the backup: its rows as COPY writes them, compressed. */
export interface StoredTable extends Table, StoredFile {
  readonly rows: number;
}

/** What a backup holds. It is written last: a folder without it is no backup. */
export interface Manifest {
  readonly format: string;
  /** Version of LB-bus that made it. */
  readonly madeBy: string;
  /** RFC 3339: the moment whose state it holds. */
  readonly takenAt: string;
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  readonly tables: readonly StoredTable[];
  readonly sequences: readonly Sequence[];
  readonly tenants: readonly string[];
  /** Ids of the deployment's keys without which it cannot be read; the keys themselves are never in it. */
  readonly keys: { readonly body: readonly string[]; readonly secret: readonly string[] };
  /** Sealed attachments in the folder `attachments`; null where they were not asked for. */
  readonly attachments: { readonly files: number; readonly bytes: number } | null;
}

/** What every manifest of this program says of itself. */
export const newManifest = (content: Omit<Manifest, 'format'>): Manifest => ({
  format,
  ...content,
});

/** Reads the manifest of a backup. Throws where the folder is not a complete backup of a format known here. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  let text: string;
  try {
    text = await readFile(join(folder, manifestName), 'utf8');
  } catch (cause) {
    const words = `${folder} is not a complete backup: it has no ${manifestName}`;
    throw new Error(words, { cause });
  }
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== format)
    throw new Error(
      `${folder} has the format "${manifest.format}", this version of LB-bus reads "${format}": restore it with the version that made it`,
    );
  return manifest;
};
