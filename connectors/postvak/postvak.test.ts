import { expect, it } from '@jest/globals';
import type { Message } from '#kit/message.js';
import { messageOf, readExamples, isOperationExample } from '#kit/contract/examples.js';
import { contractSuite } from '#kit/contract/suite.js';
import { openConnector } from '#kit/open.js';
import { postvak } from './postvak.connector.js';

contractSuite(postvak, import.meta.url, {
  withoutSimulator: 'it lays messages in the store of the bus itself and calls nobody',
});

it('lays the message down as it came, under the deadline of the bus', async () => {
  const laid: [Message, AbortSignal][] = [];
  const { client, connector, settings } = await openConnector(
    {},
    {
      connector: postvak,
      tenant: 'aalter',
      instance: 'meldpunt',
      allowedHosts: [],
      sandbox: false,
      postvak: {
        put: (message, { signal }) => {
          laid.push([message, signal]);
          return Promise.resolve();
        },
      },
    },
  );
  const [example] = readExamples(import.meta.dirname).filter(isOperationExample);
  const message = messageOf(example?.message ?? {}, '5f0c1234-5678-5123-9012-123456789012');
  const operation = connector.operations['lay'];
  const { signal } = new AbortController();
  await operation?.send(client, operation.map(message, settings), {
    messageId: message.busId,
    reference: null,
    redelivered: false,
    signal,
    attachment: () => Promise.reject(new Error('a postvak opens no attachment')),
  });
  expect(laid).toEqual([[message, signal]]);
  expect(settings).toEqual({ leaseSeconds: 60 });
});
