import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import type { AxiosResponse } from 'axios';
import { Failure } from './failure.js';
import type { Exchange } from './http-failure.js';
import type { HttpResponse } from './http.js';

interface Reading {
  readonly told: Exchange;
  readonly maxAnswerBytes: number;
  readonly signal: AbortSignal;
  readonly expect: 'json' | 'nothing';
}

/** Of an answer that only its status matters for, this much is read so that the connection can be kept. */
const idleReadBytes = 64 * 1024;

const readBytes = async (
  stream: Readable,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ bytes: Buffer; whole: boolean }> => {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of addAbortSignal(signal, stream)) {
    chunks.push(chunk as Buffer);
    sizeBytes += (chunk as Buffer).length;
    if (sizeBytes > maxBytes) return { bytes: Buffer.concat(chunks), whole: false };
  }
  return { bytes: Buffer.concat(chunks), whole: true };
};

const parse = (bytes: Buffer): { json: unknown } | null => {
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown };
  } catch {
    return null;
  }
};

const headersOf = (raw: AxiosResponse): Record<string, string> =>
  Object.fromEntries(
    Object.entries(raw.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

const unreadable = ({ told, maxAnswerBytes }: Reading, bytes: Buffer, whole: boolean): Failure => {
  const request = `${told.method} ${told.path}`;
  const page = bytes.subarray(0, 200).toString().trimStart().startsWith('<');
  const what = !whole
    ? `more than ${maxAnswerBytes} bytes`
    : page
      ? 'a page (a login or a maintenance notice) where JSON belongs'
      : 'something that is not JSON';
  return new Failure('retry', `${told.system} answered ${request} with ${what}`, {
    code: 'unavailable',
  });
};

const isSuccess = ({ status }: { readonly status: number }): boolean =>
  status >= 200 && status < 300;

/** Success without reading what it says: only the line is kept clean for the next request. */
const ignore = async (raw: AxiosResponse<Readable>, signal: AbortSignal): Promise<null> => {
  await Promise.allSettled([readBytes(raw.data, idleReadBytes, signal)]);
  return null;
};

const readJson = async (raw: AxiosResponse<Readable>, reading: Reading): Promise<unknown> => {
  const { bytes, whole } = await readBytes(raw.data, reading.maxAnswerBytes, reading.signal);
  if (bytes.length === 0) return null;
  const parsed = whole ? parse(bytes) : null;
  if (!parsed) throw unreadable(reading, bytes, whole);
  return parsed.json;
};

/** An error may say what it likes, in JSON or not. */
const readError = async (raw: AxiosResponse<Readable>, signal: AbortSignal): Promise<unknown> => {
  const { bytes } = await readBytes(raw.data, idleReadBytes, signal);
  return parse(bytes)?.json ?? bytes.toString();
};

/** The whole answer, parsed. Success that is not JSON is a `Failure`. */
export const readAnswer = async (
  raw: AxiosResponse<Readable>,
  reading: Reading,
): Promise<HttpResponse> => {
  const answer = { status: raw.status, headers: headersOf(raw) };
  if (!isSuccess(raw)) return { ...answer, body: await readError(raw, reading.signal) };
  const ignored = reading.expect === 'nothing';
  return {
    ...answer,
    body: await (ignored ? ignore(raw, reading.signal) : readJson(raw, reading)),
  };
};
