import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that can be cut and joined again. */
export interface Proxy {
  /** The server's address with host and port of the proxy. */
  readonly url: string;
  /** Every connection is dropped, and new ones are refused, until `join`. */
  readonly cut: () => void;
  readonly join: () => void;
  readonly close: () => Promise<void>;
}

/** Puts a proxy before the server of a URL. */
export const startProxy = async (serverUrl: string): Promise<Proxy> => {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((inward) => {
    keep(inward);
    if (isCut) return void inward.destroy();
    const outward = connect(Number(target.port), target.hostname);
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
      isCut = true;
      drop();
    },
    join: () => {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
};
