import { Type } from '@sinclair/typebox';
import { defineConnector } from '#kit/definition.js';
import type { HttpClient } from '#kit/http.js';
import type { Json } from '#kit/message.js';
import { operation } from '#kit/operation.js';
import { url } from '#kit/settings.js';
import { meldingIngediend } from '#oslo/melding/types.js';
import { madeAtHeader, messageHeader } from './system.js';

interface HandedOver {
  readonly event: Record<string, Json>;
  readonly headers: Readonly<Record<string, string>>;
}

const take = operation({
  summary: 'Hands over the melding, once.',
  accepts: meldingIngediend,
  redelivery: 'by-reference',
  map: ({ id, time, event }): HandedOver => ({
    event,
    headers: { [messageHeader]: id, [madeAtHeader]: time },
  }),
  send: async (client: HttpClient, { event, headers }, { messageId, redelivered, signal }) => {
    const known = redelivered && (await client.get('', { headers, signal }));
    if (!(known as { known?: boolean }).known) await client.post('', event, { headers, signal });
    return messageId;
  },
  refer: (messageId) => ({ externalId: messageId }),
});

/** The connector of the system. */
export const connector = defineConnector({
  id: 'system',
  title: 'System',
  summary: 'Takes every melding once.',
  docs: 'https://lb-bus.example',
  interface: { protocol: 'REST', carries: 'JSON' },
  settings: Type.Object({ baseUrl: url('Address of the system.') }),
  connect: ({ baseUrl }, { http }) => http({ baseUrl }),
  check: () => Promise.resolve(),
  operations: { take },
  simulator: null,
});
