/** Errors of connecting carry their words in `errors` (one per address tried) and an empty message. */
const wordsOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map(wordsOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  // PostgreSQL says in a hint what to do.
  const hint: unknown = Reflect.get(error, 'hint');
  return typeof hint === 'string' ? `${error.message}. ${hint}` : error.message;
};

/** What a person reads of an error: its words and those of its causes; the stack only when debugging. */
export const complaintOf = (error: unknown, debug: boolean): string => {
  if (debug && error instanceof Error) return error.stack ?? error.message;
  const words = [wordsOf(error)];
  for (let cause = error; cause instanceof Error && cause.cause !== undefined; cause = cause.cause)
    words.push(wordsOf(cause.cause));
  return words.join(': ');
};
