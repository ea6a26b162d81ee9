const longestName = 255;

const extended = (header: string): string | null => {
  const encoded = /(?:^|;)\s*filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded.trim());
  } catch {
    return null;
  }
};

const plain = (header: string): string | null => {
  const [, quoted, token] =
    /(?:^|;)\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(header) ?? [];
  const name = quoted?.replace(/\\(.)/g, '$1') ?? token;
  // Node hands header bytes over one by one; senders mostly mean UTF-8.
  return name === undefined ? null : Buffer.from(name, 'latin1').toString('utf8');
};

const nameless = new Set(['', '.', '..']);

/** A file name without folders, control characters and marks that turn the reading direction; null where nothing is left. */
export const cleanFileName = (name: string): string | null => {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const clean = Array.from(last.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').trim())
    .slice(0, longestName)
    .join('');
  return nameless.has(clean) ? null : clean;
};

/** The clean file name in a Content-Disposition (RFC 6266); null where there is none. */
export const fileNameIn = (header = ''): string | null =>
  cleanFileName(extended(header) ?? plain(header) ?? '');

/** Always a download, under its name where it has one. */
export const contentDisposition = (fileName: string | null): string => {
  if (fileName === null) return 'attachment';
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
};
