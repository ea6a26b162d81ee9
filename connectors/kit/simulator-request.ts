import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import busboy from 'busboy';
import type { SimulatedAnswer, SimulatedRequest } from './simulator.js';

export type JsonBody =
  Readonly<Record<string, unknown>> | readonly unknown[] | string | number | boolean | null;

const jsonOf = (body: Buffer): JsonBody => {
  try {
    return JSON.parse(body.toString()) as JsonBody;
  } catch {
    return null;
  }
};

/** What the caller showed of itself; empty where it showed nothing over TLS. */
const certificateOf = ({ socket }: IncomingMessage): { certificate?: Buffer } =>
  socket instanceof TLSSocket
    ? { certificate: socket.getPeerX509Certificate()?.raw ?? Buffer.alloc(0) }
    : {};

/** Reads a whole request; `path` is what lies below `basePath`. */
export const readRequest = async (
  incoming: IncomingMessage,
  basePath: string,
): Promise<SimulatedRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const address = new URL(incoming.url ?? '/', 'http://simulator');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? 'GET',
    path: address.pathname.slice(basePath.length) || '/',
    query: address.searchParams,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
    json: jsonOf(body),
    ...certificateOf(incoming),
  };
};

export const writeAnswer = (outgoing: ServerResponse, answer: SimulatedAnswer): void => {
  const body = answer.json === undefined ? answer.body : JSON.stringify(answer.json);
  const type = answer.json === undefined ? {} : { 'content-type': 'application/json' };
  outgoing.writeHead(answer.status, { ...type, ...answer.headers });
  outgoing.end(body);
};

export interface SimulatedForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly {
    name: string;
    fileName: string;
    contentType: string;
    content: Buffer;
  }[];
}

/** The parts of a multipart/form-data request; null where the body is none. */
export const readForm = (request: SimulatedRequest): Promise<SimulatedForm | null> =>
  new Promise((resolve) => {
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data')) {
      resolve(null);
      return;
    }
    const fields: Record<string, string> = {};
    const files: { name: string; fileName: string; contentType: string; content: Buffer }[] = [];
    const parser = busboy({ headers: { 'content-type': type }, defParamCharset: 'utf8' });
    parser.on('field', (name, value) => (fields[name] = value));
    parser.on('file', (name, stream, about) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        files.push({
          name,
          fileName: about.filename ?? '',
          contentType: about.mimeType,
          content: Buffer.concat(chunks),
        });
      });
    });
    parser.on('close', () => resolve({ fields, files }));
    parser.on('error', () => resolve(null));
    parser.end(request.body);
  });
