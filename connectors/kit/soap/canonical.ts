import { SaxesParser } from 'saxes';
import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { exclusive, inclusive } from './names.js';

/** An element with what its canonical form needs: prefixes, and every character in it. */
export interface WrittenElement {
  readonly tag: SaxesTagNS;
  readonly parent: WrittenElement | null;
  readonly children: (WrittenElement | string)[];
}

const xmlns = 'http://www.w3.org/2000/xmlns/';

/** Reads a document that `parseXml` has taken; comments are left out, as in every canonical form without them. Throws where it holds instructions. */
export const readWritten = (document: string): WrittenElement => {
  const parser = new SaxesParser({ xmlns: true });
  const open: WrittenElement[] = [];
  const roots: WrittenElement[] = [];
  parser.on('opentag', (tag) => {
    const parent = open.at(-1) ?? null;
    const element: WrittenElement = { tag, parent, children: [] };
    (parent?.children ?? roots).push(element);
    open.push(element);
  });
  const keep = (text: string): void => void open.at(-1)?.children.push(text);
  parser.on('text', keep);
  parser.on('cdata', keep);
  parser.on('processinginstruction', () => {
    throw new Error('it holds an instruction');
  });
  parser.on('closetag', () => void open.pop());
  parser.write(document).close();
  const [root] = roots;
  if (!root) throw new Error('it is empty');
  return root;
};

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};
const escaped = (text: string, which: RegExp): string =>
  text.replace(which, (found) => references[found] ?? found);

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const attributesOf = ({ tag }: WrittenElement): SaxesAttributeNS[] =>
  Object.values(tag.attributes)
    .filter(({ uri }) => uri !== xmlns)
    .sort((one, other) => order(one.uri, other.uri) || order(one.local, other.local));

/** The namespaces that an element sees, by prefix. */
const inScope = (element: WrittenElement | null): Readonly<Record<string, string>> =>
  element === null ? {} : { ...inScope(element.parent), ...element.tag.ns };

/** What is said of namespaces at an element. */
type Method = (element: WrittenElement, scope: Readonly<Record<string, string>>) => string[];

const methods: Readonly<Record<string, Method>> = {
  [exclusive]: (element) => [
    ...new Set([
      element.tag.prefix,
      ...attributesOf(element).flatMap(({ prefix }) => (prefix === '' ? [] : [prefix])),
    ]),
  ],
  [inclusive]: (_element, scope) => Object.keys(scope),
};

const writing = (method: Method, without: WrittenElement | null) => {
  const write = (
    element: WrittenElement,
    outer: Readonly<Record<string, string>>,
    said: Readonly<Record<string, string>>,
  ): string => {
    const scope = { ...outer, ...element.tag.ns };
    const news = method(element, scope)
      .filter((prefix) => prefix !== 'xml' && (scope[prefix] ?? '') !== (said[prefix] ?? ''))
      .sort(order)
      .map((prefix) => [prefix, scope[prefix] ?? ''] as const);
    const namespaces = news.map(
      ([prefix, uri]) =>
        ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped(uri, /[&<"\t\n\r]/g)}"`,
    );
    const attributes = attributesOf(element).map(
      ({ name, value }) => ` ${name}="${escaped(value, /[&<"\t\n\r]/g)}"`,
    );
    const now = { ...said, ...Object.fromEntries(news) };
    const content = element.children.map((child) => {
      if (typeof child === 'string') return escaped(child, /[&<>\r]/g);
      return child === without ? '' : write(child, scope, now);
    });
    const { name } = element.tag;
    return [`<${name}`, ...namespaces, ...attributes, '>', ...content, `</${name}>`].join('');
  };
  return write;
};

/**
 * The canonical form of an element within its document (Canonical XML 1.0 or Exclusive XML Canonicalization 1.0, without
 * comments, without prefix list), leaving out one that stands in it. Throws for another method.
 */
export const canonical = (
  element: WrittenElement,
  method: string,
  without: WrittenElement | null = null,
): string => {
  const chosen = methods[method];
  if (!chosen) throw new Error(`the method ${method} is not read here`);
  return writing(chosen, without)(element, inScope(element.parent), {});
};
