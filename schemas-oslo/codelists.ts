import { join } from 'node:path';
import { languageFolder, namesIn, readJson } from './files.js';
import type { Locale } from './message-types.js';

/** A value of a code list. `name` is what code calls it. */
export interface CodelistConcept {
  readonly '@id': string;
  readonly notation: string;
  readonly name: string;
  readonly label: Record<Locale, string>;
  readonly definition: { readonly nl: string };
}

export interface Codelist {
  readonly name: string;
  readonly '@id': string;
  readonly title: Record<Locale, string>;
  readonly concepts: readonly CodelistConcept[];
}

const folder = join(languageFolder, 'codelists');

const codelists: ReadonlyMap<string, Codelist> = new Map(
  namesIn(folder, '.json').map((file) => [
    file.replace(/\.json$/, ''),
    readJson(join(folder, file)) as Codelist,
  ]),
);

/** Names of the code lists, sorted. */
export const codelistNames: readonly string[] = [...codelists.keys()];

/** The code list with this name; null where there is none. */
export const codelist = (name: string): Codelist | null => codelists.get(name) ?? null;
