import { boundaryOf, headAndBody, headersOf, multipart, readMultipart } from '#kit/multipart.js';
import type { Part } from '#kit/multipart.js';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { api } from './reading.js';
import { newId, Refused } from './state.js';
import type { Environment, Row } from './state.js';

type Answer = (environment: Environment, request: SimulatedRequest) => SimulatedAnswer;

const bad = (message: string): Refused => new Refused(400, '0x80060888', message);

const jsonOf = (text: string): SimulatedRequest['json'] => {
  try {
    return JSON.parse(text) as SimulatedRequest['json'];
  } catch {
    return null;
  }
};

const checkHeaders = ({ headers }: Part): void => {
  const isHttp = /^application\/http\b/i.test(headers['content-type'] ?? '');
  if (!isHttp || headers['content-transfer-encoding'] !== 'binary')
    throw bad('A part needs Content-Type application/http and Content-Transfer-Encoding binary.');
};

/** Method and address of a request line. */
const targetIn = (line: string): { method: string; target: string } => {
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(line) ?? [];
  if (method === undefined || target === undefined)
    throw bad(`The batch request operation '${line}' is not valid.`);
  return { method, target };
};

/** The request that a part holds; its address begins with the path of the environment. */
const requestIn = ({ tools }: Environment, part: Part): SimulatedRequest => {
  checkHeaders(part);
  const { lines, body } = headAndBody(part.body);
  const [line = '', ...headerLines] = lines;
  const { method, target } = targetIn(line);
  const base = `${new URL(tools.baseUrl).pathname}${api}`;
  const address = new URL(target, tools.baseUrl);
  if (!address.pathname.startsWith(`${base}/`))
    throw bad(`'${target}' is no address of the Web API.`);
  return {
    method,
    path: decodeURIComponent(address.pathname.slice(base.length)),
    query: address.searchParams,
    headers: headersOf(headerLines),
    body: Buffer.from(body),
    json: jsonOf(body),
  };
};

const reasons: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 204: 'No Content' };

const written = ({ status, headers = {}, json }: SimulatedAnswer, contentId?: string): string =>
  [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}`,
    ...(json === undefined ? [] : ['Content-Type: application/json; odata.metadata=minimal']),
    'OData-Version: 4.0',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    json === undefined ? '' : JSON.stringify(json),
  ].join('\r\n');

interface Snapshot {
  readonly tables: Map<string, Map<string, Row>>;
  readonly deletions: number;
  readonly effects: number;
}

const snapshot = ({ tables, deletions, effects }: Environment): Snapshot => ({
  tables: new Map([...tables].map(([set, rows]) => [set, new Map(rows)])),
  deletions: deletions.length,
  effects: effects.length,
});

const restore = (environment: Environment, { tables, deletions, effects }: Snapshot): void => {
  environment.tables = tables;
  environment.deletions = environment.deletions.slice(0, deletions);
  environment.effects = environment.effects.slice(0, effects);
};

const isFailed = ({ status }: SimulatedAnswer): boolean => status >= 400;

/** All of a change set, or nothing of it and the error of the one that failed. */
const changeSet = (
  environment: Environment,
  parts: readonly Part[],
  answer: Answer,
): { text: string; failed: SimulatedAnswer | null } => {
  const before = snapshot(environment);
  const texts: string[] = [];
  for (const part of parts) {
    const contentId = part.headers['content-id'];
    if (contentId === undefined) throw bad('Content-ID header not present in a change set.');
    const request = requestIn(environment, part);
    if (request.method === 'GET') throw bad('A GET request does not belong in a change set.');
    const given = answer(environment, request);
    if (isFailed(given)) {
      restore(environment, before);
      return { text: written(given), failed: given };
    }
    texts.push(written(given, contentId));
  }
  const boundary = `changesetresponse_${newId()}`;
  const head = `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n`;
  return { text: `${head}${multipart(boundary, texts)}`, failed: null };
};

const mostRequests = 1000;

const itemsOf = ({ headers, body }: SimulatedRequest): Part[] => {
  const boundary = boundaryOf(headers['content-type']);
  const parts = boundary === null ? null : readMultipart(boundary, body.toString());
  if (!parts) throw bad('The body of a batch must be multipart/mixed.');
  if (parts.length > mostRequests)
    throw bad(`The number of requests in a batch exceeds the maximum of ${mostRequests}.`);
  return parts;
};

const itemAnswer = (
  environment: Environment,
  item: Part,
  answer: Answer,
): { text: string; failed: SimulatedAnswer | null } => {
  const boundary = boundaryOf(item.headers['content-type']);
  if (boundary !== null)
    return changeSet(environment, readMultipart(boundary, item.body) ?? [], answer);
  const given = answer(environment, requestIn(environment, item));
  return { text: written(given), failed: isFailed(given) ? given : null };
};

/** POST $batch: in order; stops at the first that fails, unless the caller prefers to go on. */
export const answerBatch = (
  environment: Environment,
  request: SimulatedRequest,
  answer: Answer,
): SimulatedAnswer => {
  const goesOn = /\bodata\.continue-on-error\b/.test(request.headers['prefer'] ?? '');
  const texts: string[] = [];
  let status = 200;
  for (const item of itemsOf(request)) {
    const { text, failed } = itemAnswer(environment, item, answer);
    texts.push(text);
    if (!failed || goesOn) continue;
    ({ status } = failed);
    break;
  }
  const boundary = `batchresponse_${newId()}`;
  const headers = {
    'content-type': `multipart/mixed; boundary=${boundary}`,
    'odata-version': '4.0',
  };
  return { status, headers, body: multipart(boundary, texts) };
};
