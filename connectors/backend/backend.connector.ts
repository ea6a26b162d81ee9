import { Type } from '@sinclair/typebox';
import { defineConnector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import type { Derived, Json, Message } from '#kit/message.js';
import type { SendContext } from '#kit/operation.js';
import { secret, url } from '#kit/settings.js';
import { attestenContext, attestenOpgevraagd, attestenOpvragen } from '#oslo/attesten/types.js';
import { connectEndpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { secretPattern } from './signature.js';
import { simulator } from './simulator.js';

const eventOf = ({ event }: Message): Record<string, Json> => event;

/** The application says the data alone; the bus knows to which question. */
const attestenFrom = (
  said: Readonly<Record<string, unknown>>,
  { busId, time }: Message,
): Derived => ({
  type: attestenOpgevraagd.type,
  id: busId,
  time,
  data: { '@context': attestenContext, ...said },
});

export const backend = defineConnector({
  id: 'backend',
  title: 'Application endpoint',
  summary:
    'Pushes messages to the HTTP endpoint of an application, signed after Standard Webhooks, and asks it for attesten.',
  docs: 'https://www.standardwebhooks.com',
  interface: {
    protocol: 'CloudEvents',
    carries: 'JSON over HTTPS, signed after Standard Webhooks',
  },
  settings: Type.Object({
    url: url('Address to which each message is posted.'),
    secret: secret('Secret that signs: `whsec_` and base64 of 24 to 64 bytes.', {
      pattern: secretPattern,
    }),
    secondSecret: Type.Optional(
      secret('Signs as well, while the application changes from one secret to the other.', {
        pattern: secretPattern,
      }),
    ),
  }),
  failures: { 404: ['pause', 'misconfigured'], 501: ['retry', 'unavailable'] },
  connect: (settings, platform) => connectEndpoint(settings, platform),
  check: (endpoint, { signal }) => endpoint.probe(signal),
  operations: {
    listAttesten: operation({
      summary:
        'Posts the question; 200 with an Attestenlijst as JSON answers it, an empty one where there are none.',
      accepts: attestenOpvragen,
      answers: attestenOpgevraagd,
      redelivery: 'idempotent',
      map: eventOf,
      send: (endpoint: Endpoint, event, { messageId, signal }: SendContext) =>
        endpoint.ask(messageId, JSON.stringify(event), signal),
      answer: attestenFrom,
    }),
    push: operation({
      summary: 'Posts the message; any 2xx is delivered.',
      accepts: 'any',
      redelivery: 'idempotent',
      map: eventOf,
      send: (endpoint: Endpoint, event, { messageId, signal }: SendContext) =>
        endpoint.post(messageId, JSON.stringify(event), signal),
    }),
  },
  simulator,
});
