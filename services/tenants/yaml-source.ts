import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseAllDocuments,
  type Document,
} from 'yaml';
import type { Told } from '#oslo/told.js';

export type Path = readonly (string | number)[];

/** One YAML document with the way back to its lines. */
export interface YamlSource {
  readonly value: unknown;
  /** `file:line` of the place, or of the nearest one around it. */
  readonly placeOf: (path: Path) => string;
}

/** Something to put right at a place of the declaration. */
export interface Complaint {
  readonly path: Path;
  readonly told: Told;
  /** What kind of thing is wrong, where that is known. */
  readonly code?: string;
}

/** A complaint with the line in which a person reads it: file, line, path, and what is expected. */
export interface PlacedComplaint extends Complaint {
  readonly line: string;
}

/** What is not as asked; its message has one line for each thing to put right. */
export class DeclarationBroken extends Error {
  /** Those of them that have a place. */
  readonly complaints: readonly PlacedComplaint[];

  constructor(complaints: readonly (string | PlacedComplaint)[]) {
    super(complaints.map((one) => (typeof one === 'string' ? one : one.line)).join('\n'));
    this.name = 'DeclarationBroken';
    this.complaints = complaints.filter((one) => typeof one !== 'string');
  }
}

const offsetOf = (document: Document, path: Path): number | undefined => {
  const name = path.at(-1);
  const around = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (isMap(around)) {
    const pair = around.items.find(({ key }) => isScalar(key) && key.value === name);
    if (isPair(pair) && isScalar(pair.key)) return pair.key.range?.[0];
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
};

const sourceOf = (document: Document.Parsed, file: string, lines: LineCounter): YamlSource => ({
  value: document.toJS() as unknown,
  placeOf: (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = offsetOf(document, path.slice(0, length));
      if (offset !== undefined) return `${file}:${lines.linePos(offset).line}`;
    }
    return `${file}:${lines.linePos(document.range[0]).line}`;
  },
});

const readYaml = async (file: string): Promise<YamlSource[]> => {
  const lines = new LineCounter();
  const documents = parseAllDocuments(await readFile(file, 'utf8'), { lineCounter: lines });
  if (!Array.isArray(documents)) return [];
  const complaints = documents.flatMap(({ errors }) =>
    errors.map(
      ({ pos, message }) =>
        `${file}:${lines.linePos(pos[0]).line}: ${message.split('\n')[0] ?? ''}`,
    ),
  );
  if (complaints.length > 0) throw new DeclarationBroken(complaints);
  return documents
    .filter((document) => document.contents !== null)
    .map((document) => sourceOf(document, file, lines));
};

/** Every document of a YAML file, or of all `.yaml` and `.yml` files of a folder. Throws `DeclarationBroken` with file and line. */
export const readYamlSources = async (path: string): Promise<YamlSource[]> => {
  const found = await stat(path).catch(() => null);
  if (!found) throw new DeclarationBroken([`${path}: there is no such file or folder`]);
  if (!found.isDirectory()) return readYaml(path);
  const names = (await readdir(path)).filter((name) => /\.ya?ml$/.test(name)).sort();
  if (names.length === 0) throw new DeclarationBroken([`${path}: holds no .yaml file`]);
  return (await Promise.all(names.map((name) => readYaml(join(path, name))))).flat();
};
