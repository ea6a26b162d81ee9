import { randomUUID } from 'node:crypto';
import type { TSchema } from '@sinclair/typebox';
import { Failure } from './failure.js';
import { addressOf } from './http-exchange.js';
import type { Setup } from './http-exchange.js';
import { failureOfStatus } from './http-failure.js';
import { shaped } from './http-shape.js';
import type { BatchPart, BatchRequest, HttpRequest, HttpResponse } from './http.js';
import { boundaryOf, headAndBody, headersOf, multipart, readMultipart } from './multipart.js';
import type { Part } from './multipart.js';

type Item = BatchRequest['parts'][number];

const isChangeSet = (item: Item): item is readonly BatchPart[] => Array.isArray(item);

const partText = (baseUrl: string, part: BatchPart, contentId?: number): string => {
  const { pathname, search } = addressOf(baseUrl, part.path, part.query);
  const body = part.json === undefined ? '' : JSON.stringify(part.json);
  const headers = {
    accept: 'application/json',
    ...(part.json !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }),
    ...part.headers,
  };
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `${part.method} ${pathname}${search} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
};

const itemText = (baseUrl: string, item: Item): string => {
  if (!isChangeSet(item)) return partText(baseUrl, item);
  const boundary = `changeset_${randomUUID()}`;
  const parts = item.map((part, index) => partText(baseUrl, part, index + 1));
  return `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n${multipart(boundary, parts)}`;
};

/** The one request that carries a batch. Each part is answered for itself, also after one that fails. */
export const batchRequest = (
  { options }: Pick<Setup, 'options'>,
  { path, parts, signal }: BatchRequest,
): HttpRequest<TSchema> => {
  const boundary = `batch_${randomUUID()}`;
  return {
    method: 'POST',
    path,
    reads: parts.flat().every(({ method }) => method === 'GET'),
    body: multipart(
      boundary,
      parts.map((item) => itemText(options.baseUrl, item)),
    ),
    headers: {
      'content-type': `multipart/mixed; boundary=${boundary}`,
      prefer: 'odata.continue-on-error',
    },
    expect: 'text',
    signal,
  };
};

const jsonOf = (text: string): { json: unknown } | null => {
  if (text.trim() === '') return { json: null };
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
};

/** The answer that a part holds; null where it holds none. */
const answerIn = ({ headers, body: text }: Part): HttpResponse | null => {
  if (!/^application\/http\b/i.test(headers['content-type'] ?? '')) return null;
  const { lines, body } = headAndBody(text);
  const status = /^HTTP\/1\.[01] (\d{3})\b/.exec(lines[0] ?? '')?.[1];
  const parsed = jsonOf(body);
  if (status === undefined || !parsed) return null;
  return { status: Number(status), headers: headersOf(lines.slice(1)), body: parsed.json };
};

/** The answers of one item: of a change set that failed there is one for all. */
const answersIn = (part: Part): HttpResponse[] | null => {
  const boundary = boundaryOf(part.headers['content-type']);
  const inner = boundary === null ? [part] : readMultipart(boundary, part.body);
  const answers = (inner ?? []).map(answerIn);
  return inner && answers.every((answer) => answer !== null) ? answers : null;
};

/** Answers per item, in order, each of the shape that was asked for; throws the `Failure` of the first that failed. */
export const readBatch = (
  { context }: Pick<Setup, 'context'>,
  { path, parts }: BatchRequest,
  answer: HttpResponse,
): HttpResponse[][] => {
  const boundary = boundaryOf(answer.headers['content-type']);
  const text = typeof answer.body === 'string' ? answer.body : '';
  const items = (boundary === null ? null : readMultipart(boundary, text))?.map(answersIn) ?? [];
  const unreadable = (): Failure => {
    const what = text.trimStart().startsWith('<')
      ? 'a page (a login or a maintenance notice) where a batch belongs'
      : 'something that does not answer its parts';
    const message = `${context.system} answered POST ${path} with ${what}`;
    return new Failure('retry', message, { code: 'unavailable' });
  };
  return parts.map((item, index) => {
    const asked: readonly BatchPart[] = isChangeSet(item) ? item : [item];
    const answers = items[index] ?? null;
    if (!answers) throw unreadable();
    const told = (at: number): BatchPart => asked[at] ?? { method: 'POST', path };
    const failed = answers.findIndex(({ status }) => status < 200 || status > 299);
    const failure = answers[failed];
    if (failure)
      throw failureOfStatus({ system: context.system, ...told(failed) }, failure, context);
    if (answers.length !== asked.length) throw unreadable();
    return answers.map((one, at) =>
      shaped({ system: context.system, ...told(at) }, told(at).as, one),
    );
  });
};
