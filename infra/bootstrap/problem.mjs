import { inspect } from 'node:util';

/** Something about this machine that a person can put right: says what, and what to do. */
export class SetupProblem extends Error {
  /**
   * @param {string} what one sentence: object and outcome
   * @param {string | readonly string[]} remedy what to do; several are alternatives
   * @param {{ detail?: string, cause?: unknown }} [more] `detail`: the last lines of what the tool itself said
   */
  constructor(what, remedy, { detail, cause } = {}) {
    super(what, { cause });
    this.remedy = typeof remedy === 'string' ? [remedy] : remedy;
    this.detail = detail;
  }
}

/**
 * What a terminal shows of an error; a fault of our own keeps its stack.
 * @param {unknown} error
 */
export const explain = (error) => {
  if (!(error instanceof SetupProblem))
    return error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  const detail = error.detail?.trim();
  return [
    error.message,
    ...(detail ? ['', ...detail.split('\n').map((line) => `    ${line}`), ''] : []),
    ...(error.remedy.length === 1 ? [`What to do: ${error.remedy[0]}`] : ['What to do, one of:']),
    ...(error.remedy.length === 1 ? [] : error.remedy.map((way) => `  - ${way}`)),
  ].join('\n');
};
