/** Errors of connecting carry their words in `errors` (one per address tried) and an empty message. */
const wordsOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map(wordsOf).join('; ');
  return error instanceof Error ? error.message : String(error);
};

/** What a person reads of an error: its words and those of its causes; the stack only when debugging. */
export const complaintOf = (error: unknown, debug: boolean): string => {
  if (debug && error instanceof Error) return error.stack ?? error.message;
  const words = [wordsOf(error)];
  for (let cause = error; cause instanceof Error && cause.cause !== undefined; cause = cause.cause)
    words.push(wordsOf(cause.cause));
  return words.join(': ');
};
