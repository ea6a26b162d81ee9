import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Connector } from './definition.js';

/** Folder of the connectors of this program: source beside source, dist beside dist. */
const connectorsFolder = dirname(dirname(fileURLToPath(import.meta.url)));

const isConnector = (value: unknown, id: string): value is Connector =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  value.id === id &&
  'connect' in value &&
  'operations' in value;

const definitionFile = async (folder: string, id: string): Promise<string | null> => {
  const names = await readdir(join(folder, id));
  const found = names.find((name) => /\.connector\.(ts|js)$/.test(name));
  return found === undefined ? null : join(folder, id, found);
};

const load = async (folder: string, id: string): Promise<Connector | null> => {
  const file = await definitionFile(folder, id);
  if (file === null) return null;
  const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const found = Object.values(exported).find((value) => isConnector(value, id));
  if (!found) throw new Error(`it exports no connector with id "${id}"`);
  return found;
};

/**
 * Every connector of the folder by its id: `<id>/<id>.connector.ts` (or `.js`) with an export whose id is the folder's
 * name. Throws an error that names the folders that cannot be loaded, each with the reason.
 */
export const discoverConnectors = async (
  folder: string = connectorsFolder,
): Promise<ReadonlyMap<string, Connector>> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const ids = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
    .map(({ name }) => name);
  const broken: string[] = [];
  const found = new Map<string, Connector>();
  for (const id of ids.sort()) {
    try {
      const connector = await load(folder, id);
      if (connector) found.set(id, connector);
    } catch (error) {
      broken.push(`connectors/${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (broken.length > 0) throw new Error(`Connectors that cannot be loaded:\n${broken.join('\n')}`);
  return found;
};
