import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Type } from '@sinclair/typebox';
import { defineConnector } from '#kit/definition.js';
import type { HttpClient } from '#kit/http.js';
import { operation } from '#kit/operation.js';
import { url } from '#kit/settings.js';
import { meldingIngediend } from '#oslo/melding/types.js';

/** A system that takes everything at once, on a free port, and counts it by the message that it is of. */
export const startSink = async (
  tookNew: () => void,
): Promise<{
  readonly baseUrl: string;
  readonly taken: Map<string, number>;
  readonly server: Server;
}> => {
  const taken = new Map<string, number>();
  const server = createServer((request, response) => {
    const message = request.headers['x-message']?.toString() ?? '';
    const times = 1 + (taken.get(message) ?? 0);
    taken.set(message, times);
    if (times === 1) tookNew();
    request.resume().once('end', () => {
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, taken, server };
};

const take = operation({
  summary: 'Hands over the melding.',
  accepts: meldingIngediend,
  redelivery: 'idempotent',
  map: ({ event }) => event,
  send: async (client: HttpClient, event, { messageId, signal }) => {
    await client.post('/meldingen', event, { headers: { 'x-message': messageId }, signal });
    return messageId;
  },
  refer: (messageId) => ({ externalId: messageId }),
});

/** The connector of the sink. */
export const sink = defineConnector({
  id: 'sink',
  title: 'Sink',
  summary: 'Takes everything at once.',
  docs: 'https://lb-bus.example',
  interface: { protocol: 'REST', carries: 'JSON' },
  settings: Type.Object({ baseUrl: url('Address of the system.') }),
  connect: ({ baseUrl }, { http }) => http({ baseUrl }),
  check: () => Promise.resolve(),
  operations: { take },
  simulator: null,
});
