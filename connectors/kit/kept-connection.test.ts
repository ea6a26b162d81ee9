import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { failureOf, startAnswering, type Answering } from './contract/answering.js';

let server: Answering;
/** How many requests each connection has brought. */
let brought: WeakMap<Socket, number>;
beforeAll(async () => {
  server = await startAnswering();
});
afterAll(() => server.close());

/** What it does with a request over a connection that has brought one before; on a new one it answers. */
type Trouble = (socket: Socket) => void;
let onKept: Trouble;

beforeEach(() => {
  server.forget();
  brought = new WeakMap();
  server.answer = ({ socket }, outgoing) => {
    const before = brought.get(socket) ?? 0;
    brought.set(socket, before + 1);
    if (before === 0) outgoing.end('{"well":true}');
    else onKept(socket);
  };
  // As one that was idle too long, in the moment in which a request comes.
  onKept = (socket) => socket.destroy();
});

const { signal } = new AbortController();
const read = () => server.client().get('/things', { signal });
/** Leaves a connection behind that is kept. */
const keepOne = async (): Promise<void> => {
  await read();
  server.forget();
};

it('what only reads goes again, once and over a new connection, where a kept one was closed', async () => {
  await keepOne();
  expect(await read()).toEqual({ well: true });
  expect(server.calls).toEqual(['GET /base/things', 'GET /base/things']);
  expect(server.observed.map(({ status }) => status)).toEqual(['200']);
});

it('so does a batch that only reads, and nothing that may act', async () => {
  const batch = (method: 'GET' | 'POST') =>
    failureOf(
      server.client().batch({ path: '/$batch', parts: [{ method, path: '/things' }], signal }),
    );
  await keepOne();
  expect((await batch('GET')).message).toContain('does not answer its parts');
  expect(server.calls).toHaveLength(2);
  for (const act of [
    () => failureOf(server.client().post('/things', {}, { signal })),
    () => failureOf(server.client().delete('/things/1', { signal })),
    () => batch('POST'),
  ]) {
    await keepOne();
    const { verdict, message } = await act();
    expect([verdict, message]).toEqual(['retry', expect.stringContaining('it dropped the line')]);
    expect(server.calls).toHaveLength(1);
  }
});

it('nothing goes again where an answer had begun, or over a new connection', async () => {
  await keepOne();
  onKept = (socket) => socket.end('HTTP/1.1 20');
  expect((await failureOf(read())).code).toBe('unavailable');
  expect(server.calls).toHaveLength(1);
  await keepOne();
  onKept = (socket) => socket.destroy();
  server.answer = ({ socket }) => socket.destroy();
  expect((await failureOf(read())).code).toBe('unavailable');
  expect(server.calls).toHaveLength(2);
  server.forget();
  expect((await failureOf(read())).code).toBe('unavailable');
  expect(server.calls).toHaveLength(1);
});
