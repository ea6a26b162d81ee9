import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** Who holds a bearer token; null where nobody does. */
export type OperatorOf = (token: string) => string | null;

const line = /^([a-z][a-z0-9.-]{0,63}):([0-9a-f]{64})$/;

const read = (file: string): ReadonlyMap<string, string> => {
  const operators = new Map<string, string>();
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [index, text] of lines.entries()) {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, name, digest] = line.exec(trimmed) ?? [];
    if (name === undefined || digest === undefined)
      throw new Error(`${file}: line ${index + 1} is not "<name>:<SHA-256 of the token in hex>"`);
    operators.set(digest, name);
  }
  return operators;
};

/**
 * Operators by the file that `LBBUS_OPERATOR_TOKENS_FILE` names, one `<name>:<SHA-256 of the token in hex>` per line;
 * a changed file counts from the next request on. Throws where the file cannot be read.
 */
export const openOperators = (file: string): OperatorOf => {
  let readAtMs = statSync(file).mtimeMs;
  let operators = read(file);
  return (token) => {
    const { mtimeMs } = statSync(file);
    if (mtimeMs !== readAtMs) {
      operators = read(file);
      readAtMs = mtimeMs;
    }
    return operators.get(createHash('sha256').update(token).digest('hex')) ?? null;
  };
};
