import { createProgram } from './program.js';
import { cliReference } from './reference.js';

/** The reference page of the command line. */
const generate = (): Promise<Record<string, string>> =>
  Promise.resolve({
    'docs/reference/cli.md': cliReference(createProgram()),
  });

export default generate;
