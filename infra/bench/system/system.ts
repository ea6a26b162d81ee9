import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Headers in which a call says which message it hands over, and when its sender made that. */
export const messageHeader = 'x-message';
export const madeAtHeader = 'x-made-at';

/** A system on a free port that takes every message after the same time. */
export interface System {
  readonly baseUrl: string;
  /** How often each message was handed over, by path and message. */
  readonly taken: ReadonlyMap<string, number>;
  /** Milliseconds from when each message was made until it was taken, in the order of taking. */
  readonly waits: readonly number[];
  /** Called after each that was taken. */
  readonly onTaken: (listener: () => void) => void;
  readonly close: () => void;
}

const headerOf = ({ headers }: IncomingMessage, name: string): string =>
  headers[name]?.toString() ?? '';

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** `POST` on any path hands a message over; `GET` on it says whether it was. It does not mind a repeat, it counts it. */
export const startSystem = async (takesMs: number): Promise<System> => {
  const taken = new Map<string, number>();
  const waits: number[] = [];
  const listeners: (() => void)[] = [];
  const keyOf = (request: IncomingMessage): string =>
    `${request.url ?? ''} ${headerOf(request, messageHeader)}`;
  const take = async (request: IncomingMessage): Promise<void> => {
    if (takesMs > 0) await pause(takesMs);
    const key = keyOf(request);
    taken.set(key, 1 + (taken.get(key) ?? 0));
    waits.push(Date.now() - Date.parse(headerOf(request, madeAtHeader)));
    for (const listener of listeners) listener();
  };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    request.resume().once('end', () => {
      if (request.method === 'GET') {
        response.end(JSON.stringify({ known: taken.has(keyOf(request)) }));
        return;
      }
      take(request).then(
        () => response.end('{}'),
        () => response.destroy(),
      );
    });
  });
  const baseUrl = await listening(server);
  return {
    baseUrl,
    taken,
    waits,
    onTaken: (listener) => listeners.push(listener),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
