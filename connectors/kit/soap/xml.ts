import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';

/** An element as it was read: names without prefix, the namespace beside them. */
export interface XmlElement {
  readonly name: string;
  /** Empty where it has none. */
  readonly namespace: string;
  /** By local name; one in a namespace as `{namespace}name`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own character data, trimmed: empty where only elements stand in it. */
  readonly text: string;
}

/** How much of a document is read before it is refused. */
export interface XmlLimits {
  readonly maxDepth: number;
  readonly maxElements: number;
}

/** Documents of registers hold some thousand elements, ten deep. */
const defaultLimits: XmlLimits = { maxDepth: 64, maxElements: 200_000 };

/** Why a text is no document that may be read. */
export class UnreadableXml extends Error {
  override readonly name = 'UnreadableXml';
}

interface Open {
  readonly tag: SaxesTagNS;
  readonly children: XmlElement[];
  readonly text: string[];
}

const xmlns = 'http://www.w3.org/2000/xmlns/';

const attributesOf = ({ attributes }: SaxesTagNS): Record<string, string> =>
  Object.fromEntries(
    Object.values(attributes)
      .filter(({ uri }) => uri !== xmlns)
      .map(({ uri, local, value }) => [uri === '' ? local : `{${uri}}${local}`, value]),
  );

const closed = ({ tag, children, text }: Open): XmlElement => ({
  name: tag.local,
  namespace: tag.uri,
  attributes: attributesOf(tag),
  children,
  text: text.join('').trim(),
});

/**
 * Reads a document: well-formed to the letter (XML 1.0, namespaces), without document type and so without entities of its
 * own, within the limits. Throws `UnreadableXml` that says why, with nothing of the text in it.
 */
export const parseXml = (document: string, limits: XmlLimits = defaultLimits): XmlElement => {
  const parser = new SaxesParser({ xmlns: true });
  const open: Open[] = [];
  let elements = 0;
  const roots: XmlElement[] = [];
  const refuse = (why: string): never => {
    throw new UnreadableXml(why);
  };
  parser.on('error', ({ message }) => refuse(`it is not well-formed (${wordsOf(message)})`));
  parser.on('doctype', () => refuse('it has a document type (DOCTYPE), which is never read'));
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > limits.maxElements) refuse(`it has more than ${limits.maxElements} elements`);
    if (open.length >= limits.maxDepth) refuse(`it is deeper than ${limits.maxDepth} elements`);
    open.push({ tag, children: [], text: [] });
  });
  const keep = (text: string): void => void open.at(-1)?.text.push(text);
  parser.on('text', keep);
  parser.on('cdata', keep);
  parser.on('closetag', () => {
    const last = open.pop();
    if (!last) return;
    const element = closed(last);
    (open.at(-1)?.children ?? roots).push(element);
  });
  parser.write(document).close();
  return roots[0] ?? refuse('it is empty');
};

/** What saxes says without the place and without what stood there: that may be personal. */
const wordsOf = (message: string): string =>
  message
    .replace(/^\d+:\d+: /, '')
    .replace(/[:"'].*$/s, '')
    .slice(0, 80);

/** The elements of this name directly below. */
export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  (element?.children ?? []).filter((child) => child.name === name);

/** The first element at a path of names; undefined where one of them is not there. */
export const childOf = (
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>(
    (at, name) => at?.children.find((child) => child.name === name),
    element,
  );

/** The text at a path; undefined where there is none, or only white space. */
export const textOf = (
  element: XmlElement | undefined,
  ...path: readonly string[]
): string | undefined => {
  const text = childOf(element, ...path)?.text;
  return text === '' ? undefined : text;
};
