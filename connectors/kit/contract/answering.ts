import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from '../failure.js';
import { createHttp } from '../http-client.js';
import type { HttpClient, HttpContext, HttpOptions, ObservedRequest } from '../http.js';

export type Answer = (incoming: IncomingMessage, outgoing: ServerResponse, body: string) => void;

/** An HTTP server that answers as a test says, and a client that is pointed at it. */
export interface Answering {
  readonly origin: string;
  /** `GET /path`, one for each request. */
  readonly calls: string[];
  readonly observed: ObservedRequest[];
  answer: Answer;
  readonly client: (options?: Partial<HttpOptions>, context?: Partial<HttpContext>) => HttpClient;
  readonly forget: () => void;
  readonly close: () => void;
}

export const startAnswering = async (): Promise<Answering> => {
  const server = createServer((incoming, outgoing) => {
    answering.calls.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      answering.answer(incoming, outgoing, Buffer.concat(chunks).toString());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answering: Answering = {
    origin,
    calls: [],
    observed: [],
    answer: (_incoming, outgoing) => outgoing.end(),
    client: (options = {}, context = {}) =>
      createHttp({
        system: 'Simulant',
        failures: {},
        mayBePrivate: () => true,
        observe: (request) => answering.observed.push(request),
        ...context,
      })({ baseUrl: `${origin}/base`, ...options }),
    forget: () => {
      answering.calls.length = 0;
      answering.observed.length = 0;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return answering;
};

export const answers =
  (status: number, body = '', headers: Record<string, string> = {}): Answer =>
  (_incoming, outgoing) => {
    outgoing.writeHead(status, headers);
    outgoing.end(body);
  };

/** The `Failure` that a call ends in; anything else is an error of the test. */
export const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Failure)) {
    throw new Error('it did not fail with a Failure', { cause: outcome });
  }
  return outcome;
};
