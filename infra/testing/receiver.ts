import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An application that is posted to: what it took, by bus id, in order. */
export interface Receiver {
  readonly url: string;
  /** With which it answers. */
  status: number;
  readonly taken: string[];
  readonly close: () => Promise<void>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { status } = receiver;
      const { busid } = (body === '' ? {} : JSON.parse(body)) as { busid?: string };
      if (status < 300 && busid !== undefined) receiver.taken.push(busid);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/berichten`,
    status: 200,
    taken: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
};
