import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rootAbove = (folder: string): string => {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('schemas-oslo: no package.json above the code');
  return rootAbove(parent);
};

/** The folder of the language in the source tree: schemas, shapes and examples are read from here, also by compiled code. */
export const languageFolder = join(
  rootAbove(dirname(fileURLToPath(import.meta.url))),
  'schemas-oslo',
);

/** Text of a file of the language; throws where it is missing. */
export const readText = (path: string): string => readFileSync(path, 'utf8');

/** Parsed JSON of a file of the language; throws where it is missing or broken. */
export const readJson = (path: string): unknown => JSON.parse(readText(path));

/** Names of the sub-folders, or of the files with this ending, sorted; none where the folder is missing. */
export const namesIn = (folder: string, ending?: string): string[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (ending ? entry.name.endsWith(ending) : entry.isDirectory()))
    .map(({ name }) => name)
    .sort();
};
