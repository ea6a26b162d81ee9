import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import type { AxiosResponse } from 'axios';
import { Failure } from './failure.js';
import type { Exchange } from './http-failure.js';
import type { Expected, HttpResponse } from './http.js';
import { parseXml, UnreadableXml } from './soap/xml.js';
import type { XmlElement } from './soap/xml.js';

interface Reading {
  readonly told: Exchange;
  readonly maxAnswerBytes: number;
  readonly signal: AbortSignal;
  readonly expect: Expected;
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

const decoded = (bytes: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

const parse = (bytes: Buffer): { json: unknown } | null => {
  try {
    return { json: JSON.parse(decoded(bytes) ?? '') as unknown };
  } catch {
    return null;
  }
};

const headersOf = (raw: AxiosResponse): Record<string, string> =>
  Object.fromEntries(
    Object.entries(raw.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

const formats: Readonly<Record<Expected, string>> = {
  json: 'JSON',
  xml: 'XML',
  text: 'UTF-8',
  nothing: 'empty',
  stream: 'a file',
};

const page = (bytes: Buffer, expect: Expected): boolean => {
  const begin = bytes.subarray(0, 200).toString().trimStart();
  return expect === 'xml' ? /^<(!doctype )?html/i.test(begin) : begin.startsWith('<');
};

const unreadable = (reading: Reading, bytes: Buffer, whole: boolean, why = ''): Failure => {
  const { told, maxAnswerBytes, expect } = reading;
  const format = formats[expect];
  const what = !whole
    ? `more than ${maxAnswerBytes} bytes`
    : page(bytes, expect)
      ? `a page (a login or a maintenance notice) where ${format} belongs`
      : `something that is not ${format}${why}`;
  return new Failure('retry', `${told.system} answered ${told.method} ${told.path} with ${what}`, {
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

const readText = async (raw: AxiosResponse<Readable>, reading: Reading): Promise<string> => {
  const { bytes, whole } = await readBytes(raw.data, reading.maxAnswerBytes, reading.signal);
  const text = whole ? decoded(bytes) : null;
  if (text === null) throw unreadable(reading, bytes, whole);
  return text;
};

const readXml = async (raw: AxiosResponse<Readable>, reading: Reading): Promise<XmlElement> => {
  const { bytes, whole } = await readBytes(raw.data, reading.maxAnswerBytes, reading.signal);
  const text = whole ? decoded(bytes) : null;
  if (text === null) throw unreadable(reading, bytes, whole);
  try {
    return parseXml(text);
  } catch (error) {
    if (error instanceof UnreadableXml)
      throw unreadable(reading, bytes, whole, ` that may be read: ${error.message}`);
    throw error;
  }
};

type Reader = (raw: AxiosResponse<Readable>, reading: Reading) => Promise<unknown>;

const readers: Readonly<Record<Expected, Reader>> = {
  json: readJson,
  xml: readXml,
  text: readText,
  nothing: (raw, { signal }) => ignore(raw, signal),
  stream: (raw) => Promise.resolve(raw.data),
};

/** An error may say what it likes, in JSON or not. */
const readError = async (raw: AxiosResponse<Readable>, signal: AbortSignal): Promise<unknown> => {
  const { bytes } = await readBytes(raw.data, idleReadBytes, signal);
  return parse(bytes)?.json ?? bytes.toString();
};

/** Lets go of an answer that another will take the place of. */
export const discard = async (raw: AxiosResponse<Readable>, signal: AbortSignal): Promise<void> => {
  await ignore(raw, signal);
};

/** The whole answer, parsed. Success that is not JSON is a `Failure`. */
export const readAnswer = async (
  raw: AxiosResponse<Readable>,
  reading: Reading,
): Promise<HttpResponse> => {
  const answer = { status: raw.status, headers: headersOf(raw) };
  if (!isSuccess(raw)) return { ...answer, body: await readError(raw, reading.signal) };
  return { ...answer, body: await readers[reading.expect](raw, reading) };
};
