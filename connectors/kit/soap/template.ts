/** Markup that may go into a document as it is: made by `xml` only. */
export interface Markup {
  readonly markup: string;
}

export type XmlValue = string | number | Markup | readonly Markup[] | null | undefined;

/** What no XML 1.0 document may hold, not even as a reference. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

/** Text for inside an element or a quoted attribute; what XML cannot carry is left out. */
export const escapeXml = (text: string): string =>
  text.replace(forbidden, '').replace(/[&<>"'\r]/g, (found) => references[found] ?? found);

const written = (value: XmlValue): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return escapeXml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
};

/**
 * A template of markup: every text put into it is escaped, markup stays, `null` and `undefined` leave nothing. Line ends and
 * the indentation after them belong to the source and are left out.
 */
export const xml = (parts: TemplateStringsArray, ...values: readonly XmlValue[]): Markup => ({
  markup: parts.map((part, index) => part.replace(/\n\s*/g, '') + written(values[index])).join(''),
});

/** `make(value)` where there is a value, else nothing: for elements that may be absent. */
export const given = <T>(
  value: T | null | undefined,
  make: (value: T) => Markup,
): Markup | undefined => (value === null || value === undefined ? undefined : make(value));
