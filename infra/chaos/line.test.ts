import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { until } from '../testing/until.js';
import { Line } from './line.js';

/** Answers every piece with itself. */
const echo = async (): Promise<Server> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (piece) => socket.write(piece));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

/** A reset is an end too. */
const closed = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', resolve));

describe('a line that can be spoilt', () => {
  let server: Server;
  let line: Line;
  const seen: string[] = [];
  const open: Socket[] = [];

  beforeEach(async () => {
    server = await echo();
    const upstream = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
    const nobody = { host: '127.0.0.1', port: 1 };
    line = await Line.open({
      upstreams: [nobody, upstream],
      watch: (piece) => void seen.push(piece.toString()),
    });
  });
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await line.close();
    server.close();
  });

  const dialing = (): Socket => {
    const socket = connect({ host: '127.0.0.1', port: line.port, allowHalfOpen: true });
    socket.on('error', () => undefined);
    open.push(socket);
    return socket;
  };
  const dial = async (): Promise<Socket> => {
    const socket = dialing();
    await once(socket, 'connect');
    return socket;
  };
  const answer = async (socket: Socket, text: string): Promise<string> => {
    socket.write(text);
    const [piece] = (await once(socket, 'data')) as [Buffer];
    return piece.toString();
  };

  it('passes both ways to an upstream that is there, and shows what passes', async () => {
    expect(await answer(await dial(), 'goeiedag')).toBe('goeiedag');
    expect(seen).toContain('goeiedag');
  });

  it('delays', async () => {
    const socket = await dial();
    line.spoil('latency');
    const began = performance.now();
    expect(await answer(socket, 'traag')).toBe('traag');
    expect(performance.now() - began).toBeGreaterThan(450);
  });

  it('resets what there is and what comes, until it is mended', async () => {
    const socket = await dial();
    await answer(socket, 'eerst');
    line.spoil('reset');
    await closed(socket);
    await closed(dialing());
    line.mend();
    expect(await answer(await dial(), 'weer')).toBe('weer');
  });

  it('swallows, and what was swallowed never comes', async () => {
    const socket = await dial();
    await answer(socket, 'eerst');
    let heard = '';
    socket.on('data', (piece: Buffer) => (heard += piece.toString()));
    line.spoil('black-hole');
    socket.write('weg');
    expect(await new Promise((resolve) => setTimeout(resolve, 200, heard))).toBe('');
    line.mend();
    await closed(socket);
    expect(heard).toBe('');
  });

  it('closes one half only', async () => {
    const socket = await dial();
    await answer(socket, 'eerst');
    seen.length = 0;
    line.spoil('half-close');
    await once(socket, 'end');
    socket.write('nog iets');
    await until(() => seen.includes('nog iets'), { what: 'the other half still passes' });
  });
});
