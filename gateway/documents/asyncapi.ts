import { messageTypes } from '#oslo/catalogue.js';
import { eventName, schemas } from './schemas.js';

const messageName = (type: string): string => type.replaceAll(/[^\w-]/g, '_');

/** Questions and answers go between whoever asks and the system that answers, by HTTP. */
const delivered = [...messageTypes.values()].filter(
  ({ kind }) => kind === 'event' || kind === 'command',
);

const messages = Object.fromEntries(
  delivered.map(({ type, title }) => [
    messageName(type),
    {
      name: type,
      title: title.en,
      contentType: 'application/cloudevents+json',
      payload: { $ref: `#/components/schemas/${eventName(type)}` },
    },
  ]),
);

const references = (place: string) =>
  Object.fromEntries(
    Object.keys(messages).map((name) => [name, { $ref: `#/${place}/messages/${name}` }]),
  );

/** What an application receives, pushed or fetched, as AsyncAPI 3.0. */
export const asyncApi = (publicUrl: string) => ({
  asyncapi: '3.0.0',
  info: {
    title: 'LB-bus: what is delivered',
    version: '1',
    description:
      'Each delivered CloudEvent is as it was sent, plus tenant, busid and a traceparent. Drop repeats by source and id.',
  },
  servers: {
    bus: { host: new URL(publicUrl).host, protocol: new URL(publicUrl).protocol.slice(0, -1) },
  },
  channels: {
    push: {
      address: null,
      title: 'Pushed to the endpoint of an application',
      description: 'POST in structured mode, signed after Standard Webhooks.',
      messages: references('components'),
    },
    postvak: {
      address: '/v1/postvak/{name}/messages',
      title: 'Fetched from a postvak',
      parameters: { name: { description: 'Name of the postvak.' } },
      messages: references('components'),
    },
  },
  operations: {
    receivePushed: { action: 'send', channel: { $ref: '#/channels/push' } },
    fetch: { action: 'send', channel: { $ref: '#/channels/postvak' } },
  },
  components: { messages, schemas },
});
