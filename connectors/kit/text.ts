const segmenter = new Intl.Segmenter('nl', { granularity: 'grapheme' });

/** Text on lines of its own, without control characters. */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}]/gu, (found) => (found === '\n' || found === '\t' ? found : ''));

/** Text for inside HTML: markup becomes letters, line ends become `<br>`, control characters vanish. */
export const escapeHtml = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\n', '<br>');

/** One line without control characters. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim();

const fitting = (text: string, length: number): string => {
  let cut = '';
  for (const { segment } of segmenter.segment(text.slice(0, length * 4))) {
    if (cut.length + segment.length > length) break;
    cut += segment;
  }
  return cut;
};

/** At most `length` UTF-16 units, never cut inside a character; what is cut ends in an ellipsis. */
export const cutText = (text: string, length: number): string =>
  text.length <= length ? text : `${fitting(text, length - 1)}…`;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

const character = (entity: string): string => {
  const code = /^#x/i.test(entity)
    ? parseInt(entity.slice(2), 16)
    : entity.startsWith('#')
      ? parseInt(entity.slice(1), 10)
      : NaN;
  if (Number.isNaN(code)) return entities[entity.toLowerCase()] ?? `&${entity};`;
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
};

/** What HTML says, as plain lines; its tags are left out, never interpreted. */
export const wordsOfHtml = (html: string): string =>
  printable(
    html
      .replace(/<(style|script)\b[^]*?<\/\1\s*>/gi, '')
      .replace(/<(?:br|\/p|\/div|\/li|\/h[1-6])\b[^>]*>/gi, '\n')
      .replace(/<[^>]*>/g, '')
      .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, (_whole, entity: string) => character(entity)),
  )
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** At most `length` UTF-16 units on one line, cut after a word where that keeps half of it; never inside a character. */
export const cutOnWord = (text: string, length: number): string => {
  const line = oneLine(text);
  if (line.length <= length) return line;
  const cut = fitting(line, length - 1);
  const lastSpace = cut.lastIndexOf(' ');
  const words = lastSpace > length / 2 ? cut.slice(0, lastSpace) : cut;
  return `${words.trimEnd()}…`;
};

/** The words of an OSLO text in one language; a plain string is Dutch. */
export const wordsOf = (text: string | { readonly '@value': string } | undefined): string => {
  if (text === undefined) return '';
  return typeof text === 'string' ? text : text['@value'];
};
