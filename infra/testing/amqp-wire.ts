import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One AMQP method that a client sent, as `class.method` in the numbers of the specification, with its arguments. */
export interface SentMethod {
  readonly method: string;
  readonly content: Buffer;
}

const protocolHeaderBytes = 8;
const frameHeadBytes = 7;
const methodFrame = 1;

/** The methods in what a client sent since it connected; a part of a frame at the end is left out. */
const methodsIn = (bytes: Buffer): SentMethod[] => {
  const methods: SentMethod[] = [];
  let at = protocolHeaderBytes;
  while (at + frameHeadBytes <= bytes.length) {
    const end = at + frameHeadBytes + bytes.readUInt32BE(at + 3);
    const payload = bytes.subarray(at + frameHeadBytes, end);
    if (bytes[at] === methodFrame && end < bytes.length)
      methods.push({
        method: `${payload.readUInt16BE(0)}.${payload.readUInt16BE(2)}`,
        content: payload.subarray(4),
      });
    at = end + 1;
  }
  return methods;
};

/** Stands before a broker and keeps what clients send to it; `url` leads through it. */
export const listenIn = async (brokerUrl: string) => {
  const broker = new URL(brokerUrl);
  const sockets: Socket[] = [];
  const heard: Buffer[][] = [];
  const listener = createServer((client) => {
    const server = connect(Number(broker.port), broker.hostname);
    const mine: Buffer[] = [];
    heard.push(mine);
    client.on('data', (chunk: Buffer) => mine.push(chunk));
    client.pipe(server).pipe(client);
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    sockets.push(client, server);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const url = new URL(brokerUrl);
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url: url.href,
    methods: (): SentMethod[] => heard.flatMap((chunks) => methodsIn(Buffer.concat(chunks))),
    close: (): void => {
      listener.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
};
