import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as an application received it. */
export interface Received {
  /** Bus id. */
  readonly id: string;
  readonly senderId: string;
  readonly subject: string;
}

/** An application that takes every message and remembers in which order they came. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** How long it thinks before it answers. */
  waitMs: number;
  readonly close: () => Promise<void>;
}

/** Starts a receiver on a free port. */
export const startReceiver = async (): Promise<Receiver> => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST') return void response.writeHead(204).end();
      const event = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        id: string;
        subject: string;
      };
      const id = String(request.headers['webhook-id']);
      received.push({ id, senderId: event.id, subject: event.subject });
      setTimeout(() => response.writeHead(204).end(), receiver.waitMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/berichten`,
    received,
    waitMs: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
};
