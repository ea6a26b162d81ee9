import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#runtime/root.js';

type Texts = Readonly<Record<string, string>>;

const placeholdersIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

/** Keys of which another language says nothing, or has other parameters than the Dutch. */
export const keysApart = (nl: Texts, others: readonly Texts[]): string[] =>
  Object.entries(nl).flatMap(([key, text]) =>
    others.every(
      (other) =>
        (other[key] ?? '').trim() !== '' &&
        String(placeholdersIn(other[key] ?? '')) === String(placeholdersIn(text)),
    )
      ? []
      : [key],
  );

/** What the program under a folder is written in: no test, no text, nothing of the browser. */
export const programIn = (folder: string): string =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|(?:^|\/)(?:texts|console)\//.test(path))
    .map((path) => readFileSync(join(packageRoot, folder, path), 'utf8'))
    .join('\n');

/** Keys that the program names nowhere, neither whole nor as one of a family: `tell(`state.${state}`)`. */
export const keysUntold = (nl: Texts, program: string): string[] =>
  Object.keys(nl).filter((key) => {
    const family = key.split('.')[0] ?? '';
    return !program.includes(`tell('${key}'`) && !program.includes(`\`${family}.\${`);
  });
