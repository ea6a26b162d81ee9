const segmenter = new Intl.Segmenter('nl', { granularity: 'grapheme' });

/** Text for inside HTML: markup becomes letters, line ends become `<br>`, control characters vanish. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}]/gu, (found) => (found === '\n' || found === '\t' ? found : ''))
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
