const longestWaitSeconds = 30;

/** One preference with its parameters; a comma or semicolon may stand in quotes. */
const preference = /(?:[^,"]|"(?:\\.|[^"\\])*")+/g;
const wait = /^\s*wait\s*=\s*(?:"(\d{1,9})"|(\d{1,9}))\s*(?:;|$)/i;

/**
 * Seconds for which a caller would wait for an answer: `Prefer: wait=10` (RFC 7240), at most 30; the first counts, and
 * what is no number is no wish. 0 where it would rather not.
 */
export const preferredWaitSeconds = (header: string | readonly string[] | undefined): number => {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  for (const [one] of text.matchAll(preference)) {
    const [, quoted, plain] = wait.exec(one) ?? [];
    const seconds = quoted ?? plain;
    if (seconds !== undefined) return Math.min(longestWaitSeconds, Number(seconds));
  }
  return 0;
};
