import { createInterface } from 'node:readline/promises';
import { Writable, type Readable } from 'node:stream';

/** Asks somebody at a terminal. */
export interface Asking {
  /** An empty answer is `usual`, where there is one; else it is asked again. */
  readonly ask: (question: string, usual?: string) => Promise<string>;
  /** What is typed is not shown; empty where nothing is. */
  readonly askSecret: (question: string) => Promise<string>;
  readonly close: () => void;
}

/** Opens the terminal for questions: they go to `output`, so that what is printed stays apart. */
export const openAsking = (input: Readable, output: NodeJS.WritableStream): Asking => {
  let hidden = false;
  const shown = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!hidden) output.write(chunk);
      done();
    },
  });
  const terminal = createInterface({ input, output: shown, terminal: true });
  const ask = async (question: string, usual?: string): Promise<string> => {
    for (;;) {
      const words = usual === undefined || usual === '' ? question : `${question} [${usual}]`;
      const answer = (await terminal.question(`${words}: `)).trim() || usual;
      if (answer !== undefined) return answer;
    }
  };
  return {
    ask,
    askSecret: async (question) => {
      output.write(`${question} (not shown): `);
      hidden = true;
      try {
        return (await terminal.question('')).trim();
      } finally {
        hidden = false;
        output.write('\n');
      }
    },
    close: () => terminal.close(),
  };
};
