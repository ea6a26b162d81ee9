/** A limit to some work; whoever set it ends it with the work. */
export interface Limit {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** Aborted with `outer`, or after so long. Not `AbortSignal.any`, which costs as much as the work it is to bound. */
export const limitTo = (limitMs: number, outer?: AbortSignal): Limit => {
  const limit = new AbortController();
  const cut = (): void => limit.abort();
  if (limitMs <= 0 || outer?.aborted === true) cut();
  const timer = setTimeout(cut, Math.max(0, limitMs));
  outer?.addEventListener('abort', cut);
  const end = (): void => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', cut);
  };
  return { signal: limit.signal, end };
};
