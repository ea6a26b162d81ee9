import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/**
 * Asks at a terminal whether to go on; only a yes is one. Without a terminal nobody can be asked: then the printed
 * difference must do, as in a pipeline.
 */
export const agreed = async (
  input: Readable & { readonly isTTY?: boolean },
  output: Writable,
): Promise<boolean> => {
  if (input.isTTY !== true) return true;
  const asking = createInterface({ input, output });
  try {
    return /^(y|yes|j|ja)$/i.test((await asking.question('Apply this? [y/N] ')).trim());
  } finally {
    asking.close();
  }
};
