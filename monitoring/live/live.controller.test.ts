import { EventEmitter, once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, jest } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Parts } from '../parts.js';
import { LiveController } from './live.controller.js';

it('follows nothing for a browser that left while it was asked who she is', async () => {
  const moments = new EventEmitter();
  const follow = jest.fn(() => () => undefined);
  const scoped = async () => {
    moments.emit('asked');
    await once(moments, 'left');
    return { person: { roles: ['operator'], tenants: null } };
  };
  const controller = new LiveController({
    ...{ signIn: {}, window: { secure: false }, live: { follow }, database: { scoped } },
  } as unknown as Parts);
  const server = createServer((request, raw) => {
    raw.once('close', () => moments.emit('left'));
    const reply = { raw, hijack: () => undefined, getHeaders: () => ({}) };
    void controller
      .follow(request as unknown as FastifyRequest, reply as unknown as FastifyReply)
      .then(() => moments.emit('answered', raw.headersSent));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [asked, answered] = [once(moments, 'asked'), once(moments, 'answered')];
  const browser = get({ port, host: '127.0.0.1', headers: { cookie: 'lbbus=secret' } });
  browser.once('error', () => undefined);
  await asked;
  browser.destroy();
  expect(await answered).toEqual([false]);
  expect(follow).not.toHaveBeenCalled();
  server.close();
});
