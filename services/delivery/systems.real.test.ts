import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { newAuthority } from '#infra/testing/certificates.js';
import { World } from '#infra/testing/delivery/world.js';
import type { Timing } from './timing.js';

jest.setTimeout(120_000);

let world: World;
/** What the other side does with a connection on which a request has come. */
let behave: (socket: Socket) => void = (socket) => socket.destroy();
const sockets = new Set<Socket>();
const asked = (socket: Socket): void => {
  sockets.add(socket);
  socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  socket.once('data', () => behave(socket));
};
const system = createServer(asked);
const untrusted = createTlsServer(newAuthority('Somebody else').issue('localhost'), asked);
const portOf = (server: typeof system): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  for (const server of [system, untrusted]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  world = await World.create();
});
afterAll(async () => {
  await world.close();
  for (const socket of sockets) socket.destroy();
  system.close();
  untrusted.close();
});

/** The connection ends with it and says so: the next request must not be tried on it. */
const answer = (head: string, body = '', length = Buffer.byteLength(body)): string =>
  `HTTP/1.1 ${head}\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n${body}`;
const json = '200 OK\r\ncontent-type: application/json';
const html = '200 OK\r\ncontent-type: text/html';

interface Row {
  readonly does: typeof behave;
  /** Where that is something else than a misbehaving server. */
  readonly at?: () => string;
  readonly becomes: 'waiting' | 'held';
  readonly code: string;
  readonly says: RegExp;
  readonly timing?: Partial<Timing>;
}
const nothing = (): void => undefined;
const sends = (text: string) => (socket: Socket) => void socket.end(text);

const rows: readonly (readonly [string, Row])[] = [
  [
    '[system-down] nothing listens',
    {
      does: nothing,
      at: () => 'http://127.0.0.1:1',
      becomes: 'waiting',
      code: 'unavailable',
      says: /nothing listens at its address \(ECONNREFUSED\)/,
    },
  ],
  [
    '[system-slow] the answer comes after the deadline',
    {
      does: (socket) => void pause(5_000).then(() => socket.end(answer(json, '[]'))),
      becomes: 'waiting',
      code: 'timeout',
      says: /did not answer GET \/things within \d+ ms|did not end/,
    },
  ],
  [
    '[system-half-open] it takes the request and never answers',
    { does: nothing, becomes: 'waiting', code: 'timeout', says: /did not/ },
  ],
  [
    '[system-half-open] it stalls in the middle of its answer',
    {
      does: (socket) => void socket.write(answer(json, '[{"id":', 2_000)),
      becomes: 'waiting',
      code: 'timeout',
      says: /did not/,
    },
  ],
  [
    '[system-half-open] it closes after its headers',
    {
      does: sends(answer(json, '', 2_000)),
      becomes: 'waiting',
      code: 'unavailable',
      says: /could not be reached|dropped the line/,
    },
  ],
  [
    '[system-wrong-answers] a login page with status 200',
    {
      does: sends(answer(html, '<html><form>Log in</form></html>')),
      becomes: 'waiting',
      code: 'unavailable',
      says: /a page \(a login or a maintenance notice\) where JSON belongs/,
    },
  ],
  [
    '[system-wrong-answers] JSON that is broken off',
    {
      does: sends(answer(json, '[{"id": "A')),
      becomes: 'waiting',
      code: 'unavailable',
      says: /something that is not JSON/,
    },
  ],
  [
    '[system-wrong-answers] an answer of 30 MB',
    {
      does: sends(answer(json, `"${'x'.repeat(30 * 1024 * 1024)}"`)),
      timing: { sendDeadlineMs: 20_000 },
      becomes: 'waiting',
      code: 'unavailable',
      says: /more than \d+ bytes/,
    },
  ],
  [
    '[system-wrong-answers] something that is not HTTP',
    {
      does: sends('220 mail.example ESMTP\r\n'),
      becomes: 'waiting',
      code: 'unavailable',
      says: /does not speak HTTP/,
    },
  ],
  [
    '[system-redirect] it sends us elsewhere',
    {
      does: sends(answer('302 Found\r\nlocation: http://127.0.0.1:1/')),
      becomes: 'held',
      code: 'redirected',
      says: /answered 302/,
    },
  ],
  [
    '[system-certificate] nobody knows who issued its certificate',
    {
      does: nothing,
      at: () => `https://localhost:${portOf(untrusted)}`,
      becomes: 'held',
      code: 'certificate',
      says: /cannot be trusted: .*issuer/,
    },
  ],
  [
    '[system-certificate] it does not speak TLS where it should',
    {
      does: sends(answer(json, '[]')),
      at: () => `https://127.0.0.1:${portOf(system)}`,
      becomes: 'held',
      code: 'certificate',
      says: /does not speak TLS/,
    },
  ],
  [
    '[system-dns] its name has no address, or DNS does not answer',
    {
      does: nothing,
      at: () => 'http://bestaat-niet.invalid',
      becomes: 'waiting',
      code: 'unavailable',
      says: /DNS/,
    },
  ],
];

it.each(rows)(
  '%s: the message stands still and is delivered once when that is over',
  async (...[, row]) => {
    behave = row.does;
    await world.pointArchief(row.at?.() ?? `http://127.0.0.1:${portOf(system)}`);
    const running = await world.start(row.timing ? { timing: row.timing } : {});
    try {
      const message = await world.send();
      const step = await world.hearing.reaches(message, row.becomes);
      expect(step).toMatchObject({ status: row.becomes, code: row.code });
      expect(step.detail).toMatch(row.says);
      await world.pointArchief();
      await world.hearing.reaches(message, 'delivered', 30_000);
      expect(world.archief.things.filter(({ reference }) => reference === message)).toHaveLength(1);
    } finally {
      await world.stop(running);
    }
  },
);
