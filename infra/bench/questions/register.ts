import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Type } from '@sinclair/typebox';
import { defineConnector } from '#kit/definition.js';
import type { Derived } from '#kit/message.js';
import { operation } from '#kit/operation.js';
import type { HttpClient } from '#kit/http.js';
import { url } from '#kit/settings.js';
import { persoonContext, persoonOpgevraagd, persoonOpvragen } from '#oslo/persoon/types.js';

/** As long as the register of the bar takes. */
export const registerTakesMs = 50;

/** A register that answers each call after the same time, on a free port. */
export const startRegister = async (): Promise<{ baseUrl: string; server: Server }> => {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const { number } = JSON.parse(await text(request)) as { number: string };
      await pause(registerTakesMs);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ number, name: 'Voorbeeld' }));
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
};

interface Found {
  readonly number: string;
  readonly name: string;
}

const findPerson = operation({
  summary: 'Tells who somebody is.',
  accepts: persoonOpvragen,
  answers: persoonOpgevraagd,
  redelivery: 'idempotent',
  map: ({ data }) => ({ number: data.registratie.identificator }),
  send: async (client: HttpClient, request, { signal }) =>
    (await client.post('/people', request, { signal })) as Found,
  answer: ({ number, name }, { busId, time }): Derived => ({
    type: persoonOpgevraagd.type,
    id: busId,
    time,
    data: {
      '@context': persoonContext,
      '@type': 'GeregistreerdPersoon',
      registratie: { '@type': 'Identificator', identificator: number },
      achternaam: name,
    },
  }),
});

/** The connector of the register. */
export const register = defineConnector({
  id: 'register',
  title: 'Register',
  summary: 'Answers after the same time, always.',
  docs: 'https://lb-bus.example',
  interface: { protocol: 'REST', carries: 'JSON' },
  settings: Type.Object({ baseUrl: url('Address of the register.') }),
  connect: ({ baseUrl }, { http }) => http({ baseUrl }),
  check: () => Promise.resolve(),
  operations: { findPerson },
  simulator: null,
});
