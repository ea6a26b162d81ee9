import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { Refusal } from '#intake/refusal.js';
import type { Log } from '#runtime/log.js';
import { securityHeaders } from '../security.js';
import { problemHeaders, problemOf } from './problem.js';
import { refusalOfStatus } from './refusal-of.js';

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const hasAnswerUnderway = (socket: Socket): boolean => {
  const message: unknown = Reflect.get(socket, '_httpMessage');
  return (
    typeof message === 'object' && message !== null && Reflect.get(message, 'headersSent') === true
  );
};

/** A refusal for an error of the parser; a request that is not HTTP has no better status than 400. */
const refusalOfParser = (code: string): Refusal => {
  const status = statuses[code];
  return status === undefined
    ? new Refusal('bad-query', 400, { params: { variant: 'http' } })
    : refusalOfStatus(status);
};

/** What Node's HTTP parser refuses is a problem too: written by hand, as there is no request to answer. */
export const answerProtocolError =
  (log: Log) =>
  (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable || hasAnswerUnderway(socket)) {
      socket.destroy();
      return;
    }
    const requestId = randomUUID();
    const refusal = refusalOfParser(error.code ?? '');
    log.info({ requestId, status: refusal.status, parser: error.code }, 'request');
    const body = JSON.stringify(problemOf(refusal, { language: 'nl', requestId }));
    const headers = {
      ...securityHeaders,
      ...problemHeaders(refusal, 'nl'),
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${refusal.status} Refused\r\n${lines.join('')}\r\n${body}`);
  };
