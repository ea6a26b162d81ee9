/** One part of a multipart body; header names in lower case. */
export interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The boundary that a content type names; null where it is no multipart/mixed. */
export const boundaryOf = (contentType: string | undefined): string | null => {
  const found = /^multipart\/mixed\s*;.*?\bboundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(
    contentType ?? '',
  );
  return found?.[1] ?? found?.[2] ?? null;
};

/** Header lines by their names in lower case. */
export const headersOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines
      .map((line) => /^([^:\s]+)\s*:\s*(.*)$/.exec(line))
      .flatMap((found) =>
        found ? [[(found[1] ?? '').toLowerCase(), found[2] ?? ''] as const] : [],
      ),
  );

/** What stands before the first empty line, as lines, and what stands after it. */
export const headAndBody = (text: string): { lines: string[]; body: string } => {
  const found = /\r?\n\r?\n/.exec(text);
  const head = found ? text.slice(0, found.index) : text;
  return {
    lines: head.split(/\r?\n/),
    body: found ? text.slice(found.index + found[0].length) : '',
  };
};

/** The parts of a multipart body (RFC 2046, 5.1.1); null where it does not end as it should. */
export const readMultipart = (boundary: string, text: string): Part[] | null => {
  const delimiter = `--${boundary}`;
  const pieces = `\n${text}`.split(`\n${delimiter}`);
  const last = pieces.pop();
  if (pieces.length === 0 || !last?.startsWith('--')) return null;
  return pieces.slice(1).map((piece) => {
    // A part that has no headers begins with an empty line at once.
    const { lines, body } = headAndBody(piece.replace(/^[ \t]*\r?\n/, ''));
    return { headers: headersOf(lines), body: body.replace(/\r?$/, '') };
  });
};

/** A multipart body of these parts, each a text with headers of its own. */
export const multipart = (boundary: string, parts: readonly string[]): string =>
  `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
