import { createHash } from 'node:crypto';
import { Refusal } from '#intake/refusal.js';
import {
  codelist,
  contextDocument,
  examplesOf,
  messageTypes,
  schemaOf,
  shapesOf,
  type MessageType,
} from '#oslo/catalogue.js';
import type { Answer } from '../answer.js';

const cacheControl = 'public, max-age=3600';

/** Public, the same for everybody, and readable by pages of any origin. */
export const publicAnswer = (
  body: string,
  contentType: string,
  ifNoneMatch: string | undefined,
): Answer => {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = {
    etag,
    'cache-control': cacheControl,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers };
  return { status: 200, headers: { ...headers, 'content-type': contentType }, body };
};

const json = 'application/json; charset=utf-8';
const notFound = (): Refusal => new Refusal('not-found', 404);

const contextPath = ({ context, type }: MessageType): string =>
  `/v1/contexts/${context}/${type.split('.').at(-1) ?? ''}.jsonld`;

const typeView = (messageType: MessageType) => {
  const { type, title, kind, personal, mustArrive, answer } = messageType;
  const self = `/v1/types/${type}`;
  const links = {
    self,
    schema: `${self}/schema`,
    context: contextPath(messageType),
    shapes: `${self}/shapes`,
    examples: `${self}/examples`,
  };
  return { type, title, kind, personal, mustArrive, answer, links };
};

const typeOf = (type: string): MessageType => {
  const found = messageTypes.get(type);
  if (!found) throw notFound();
  return found;
};

const text = (value: unknown): string => JSON.stringify(value, null, 2);

/** A document of the language: its text and media type. */
export type Document = readonly [body: string, contentType: string];

/** The language, machine readable. Each throws 404 for a name that does not exist. */
export const language = {
  types: (): Document => [text({ types: [...messageTypes.values()].map(typeView) }), json],
  type: (type: string): Document => [text(typeView(typeOf(type))), json],
  schema: (type: string): Document => [
    text(schemaOf(typeOf(type).type)),
    'application/schema+json; charset=utf-8',
  ],
  shapes: (type: string): Document => {
    const shapes = shapesOf(typeOf(type).type);
    if (shapes === null) throw notFound();
    return [shapes, 'text/turtle; charset=utf-8'];
  },
  examples: (type: string): Document => [text(examplesOf(typeOf(type).type)), json],
  context: (name: string): Document => {
    const document = contextDocument(name);
    if (!document) throw notFound();
    return [text(document), 'application/ld+json; charset=utf-8'];
  },
  codelist: (name: string): Document => {
    const list = codelist(name);
    if (!list) throw notFound();
    return [text(list), json];
  },
};
