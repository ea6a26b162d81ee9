import { describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import { contextOf } from '#kit/contract/desk.js';
import { isOperationExample, messageOf, readExamples } from '#kit/contract/examples.js';
import { contractSuite } from '#kit/contract/suite.js';
import type { Message } from '#kit/message.js';
import { openConnector } from '#kit/open.js';
import type { HandOver } from '#kit/platform.js';
import { overdracht } from './overdracht.connector.js';

contractSuite(overdracht, import.meta.url, {
  withoutSimulator: 'the other side is another tenant of the bus itself',
});

describe('handing over', () => {
  const handed: [Message, string][] = [];
  const openWith = (handOver: HandOver) =>
    openConnector(
      { tenant: 'beringen' },
      {
        connector: overdracht,
        tenant: 'aalter',
        instance: 'beringen',
        allowedHosts: [],
        sandbox: false,
        postvak: { put: () => Promise.reject(new Error('there is no postvak')) },
        handOver,
      },
    );
  const busId = '5f0c1234-5678-5123-9012-123456789012';
  const messageFor = (operation: string): Message => {
    const found = readExamples(import.meta.dirname)
      .filter(isOperationExample)
      .find(({ message }) => JSON.stringify(message['type']).includes(operation));
    return messageOf(found?.message ?? {}, busId);
  };

  it('brings the message to the tenant of the settings, and remembers it there by its id', async () => {
    const { client } = await openWith((message, { tenant }) => {
      handed.push([message, tenant]);
      return Promise.resolve('there');
    });
    const { handMelding } = overdracht.operations;
    const message = messageFor('ingediend');
    const result = await handMelding?.send(client as never, message, contextOf());
    expect(handed).toEqual([[message, 'beringen']]);
    expect(handMelding?.refer?.(result, message)).toEqual({ externalId: 'there' });
  });

  it('brings a status only of a melding that was handed over', async () => {
    const calls: string[] = [];
    const { client } = await openWith((_, { tenant }) => {
      calls.push(tenant);
      return Promise.resolve('there');
    });
    const { handStatus } = overdracht.operations;
    const message = messageFor('status-gewijzigd');
    await handStatus?.send(client as never, message, contextOf());
    expect(calls).toEqual([]);
    await handStatus?.send(client as never, message, contextOf({ reference: 'there' }));
    expect(calls).toEqual(['beringen']);
  });

  it('refuses to hand a melding back', async () => {
    const { client } = await openWith(() => Promise.resolve(null));
    const { handMelding } = overdracht.operations;
    const message = messageFor('ingediend');
    const sent = Promise.resolve(handMelding?.send(client as never, message, contextOf()));
    expect(await failureOf(sent)).toMatchObject({ verdict: 'reject', code: 'conflict' });
  });
});
