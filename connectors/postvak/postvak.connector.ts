import { Type } from '@sinclair/typebox';
import { defineConnector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import type { Message } from '#kit/message.js';
import type { SendContext } from '#kit/operation.js';
import type { Postvak } from '#kit/platform.js';
import { number } from '#kit/settings.js';

export const postvak = defineConnector({
  id: 'postvak',
  title: 'Postvak',
  summary: 'Keeps messages until an application fetches and acknowledges them.',
  docs: 'docs/send-messages.md',
  interface: { protocol: 'CloudEvents', carries: 'JSON, fetched and acknowledged over HTTPS' },
  settings: Type.Object({
    leaseSeconds: number(
      'Seconds that a fetched message is kept from others before it is given again.',
      {
        minimum: 10,
        maximum: 600,
        default: 60,
      },
    ),
  }),
  connect: (_settings, platform): Postvak => platform.postvak,
  check: () => Promise.resolve(null),
  operations: {
    lay: operation({
      summary: 'Lays the message in the postvak, once.',
      accepts: 'any',
      redelivery: 'idempotent',
      map: (message: Message): Message => message,
      send: async (place: Postvak, message, { signal }: SendContext) => {
        await place.put(message, { signal });
        return null;
      },
    }),
  },
  simulator: null,
});
