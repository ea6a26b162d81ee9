import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Attachment, Json, Message } from '../message.js';
import type { AnyOperation, Reference, SendContext } from '../operation.js';
import { Failure } from '../failure.js';
import type { OpenConnector } from '../open.js';
import { messageOf, operationOf } from './examples.js';
import type { OperationExample } from './examples.js';

/** One message at one operation, sent as often as a point asks. */
export interface Delivery {
  readonly name: string;
  readonly operation: AnyOperation;
  readonly message: Message;
  readonly send: (options?: { redelivered?: boolean; signal?: AbortSignal }) => Promise<unknown>;
}

/** Tests wait so long for an answer that never comes. */
export const patienceMs = 10_000;

const photo = (uri: string): Attachment => {
  const content = Buffer.from(`bytes of ${uri}`);
  return {
    fileName: 'foto.jpg',
    contentType: 'image/jpeg',
    sizeBytes: content.length,
    content: Readable.from([content]),
  };
};

/** What the bus knows of a thing when a message about it is sent. */
export interface Knowledge {
  readonly reference: Reference | null;
  readonly kept: Json | undefined;
}

/** Nothing was said of the thing before. */
export const nothing: Knowledge = { reference: null, kept: undefined };

/** Looks after a request that the other side works on. */
const mostLooks = 5;

/** Sends as the bus does: what the other side has taken is asked after, until it has ended. */
const untilEnded = async (
  send: (taken?: string) => Promise<unknown>,
  looks = mostLooks,
  taken?: string,
): Promise<unknown> => {
  try {
    return await send(taken);
  } catch (error) {
    if (!(error instanceof Failure) || error.taken === undefined || looks === 0) throw error;
    return untilEnded(send, looks - 1, error.taken);
  }
};

const sender =
  (
    open: OpenConnector,
    delivery: Omit<Delivery, 'send'>,
    { reference, kept }: Knowledge,
    settings: Record<string, unknown>,
  ): Delivery['send'] =>
  async ({ redelivered = false, signal = AbortSignal.timeout(patienceMs) } = {}) => {
    const { operation, message } = delivery;
    const request = operation.map(message, settings);
    const context: SendContext = {
      messageId: message.busId,
      reference: reference?.externalId ?? null,
      state: reference?.state,
      kept,
      redelivered,
      signal,
      attachment: (uri) => Promise.resolve(photo(uri)),
    };
    return untilEnded((taken) =>
      operation.send(open.client, request, { ...context, ...(taken !== undefined && { taken }) }),
    );
  };

/** A message of an example at its operation, as the bus would hand it over. */
export const deliveryOf = (
  open: OpenConnector,
  example: OperationExample,
  knowledge: Knowledge,
): Delivery => {
  const settings = { ...open.settings, ...example.settings };
  const message = messageOf(example.message, randomUUID());
  const described = { ...operationOf(open.connector, example), message };
  return { ...described, send: sender(open, described, knowledge, settings) };
};
