import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that can be cut or swallow everything, and joined again. */
export interface Proxy {
  /** The server's address with host and port of the proxy. */
  readonly url: string;
  /** Every connection is dropped, and new ones are refused, until `join`. */
  readonly cut: () => void;
  /** Connections stay and new ones are made, but nothing goes through either way: a frozen server, a black hole. Until `join`. */
  readonly silence: () => void;
  readonly join: () => void;
  readonly close: () => Promise<void>;
}

const usualPorts: Readonly<Record<string, number>> = { 'postgres:': 5432, 'amqp:': 5672 };

/** Puts a proxy before the server of a URL. */
export const startProxy = async (serverUrl: string): Promise<Proxy> => {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let state: 'joined' | 'cut' | 'silent' = 'joined';
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((inward) => {
    keep(inward);
    if (state === 'cut') return void inward.destroy();
    // It goes nowhere, also when the line is joined again: whoever made it has to notice.
    if (state === 'silent') return void inward.pause();
    const outward = connect(
      Number(target.port) || usualPorts[target.protocol] || 0,
      target.hostname,
    );
    keep(outward);
    inward.pipe(outward).pipe(inward);
    inward.on('close', () => outward.destroy());
    outward.on('close', () => inward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const drop = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    cut: () => {
      state = 'cut';
      drop();
    },
    silence: () => {
      state = 'silent';
      for (const socket of sockets) socket.unpipe().pause();
    },
    join: () => {
      state = 'joined';
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
};
