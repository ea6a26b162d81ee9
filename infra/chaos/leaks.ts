import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { personalWordsIn } from '#infra/load/persons.js';

/** Finds the personal words in what passes a line. One that two pieces share is missed there; each passes many times. */
export class Watch {
  readonly #where: string;
  readonly #found = new Set<string>();

  constructor(where: string) {
    this.#where = where;
  }

  readonly look = (piece: Buffer): void => {
    for (const word of personalWordsIn(piece.toString('latin1'))) this.#found.add(word);
  };

  get leaks(): string[] {
    return [...this.#found].map((word) => `leaked: "${word}" went over ${this.#where}`);
  }
}

/** Personal words in the log files of a folder, in words. */
export const leaksInLogs = async (folder: string): Promise<string[]> => {
  const leaks = new Set<string>();
  for (const file of await readdir(folder)) {
    const lines = createInterface({ input: createReadStream(join(folder, file)) });
    for await (const line of lines)
      for (const word of personalWordsIn(line)) leaks.add(`leaked: "${word}" stands in ${file}`);
  }
  return [...leaks];
};

/** Personal words in a text that has a name. */
export const leaksIn = (name: string, text: string): string[] =>
  personalWordsIn(text).map((word) => `leaked: "${word}" stands in ${name}`);
