import { Readable } from 'node:stream';
import type { Derived } from '#kit/message.js';
import type { AttachContext } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import { AttachmentTooLarge } from '../../attachments/store.js';
import type { Tools } from '../tools.js';
import type { Feed } from './ingest.js';

/** Streams files of a source into the store of attachments of its tenant. */
const storeOf =
  ({ attachments }: Tools, tenant: string): AttachContext['store'] =>
  async ({ fileName, contentType, content }) => {
    const stream = content instanceof Readable ? content : new Readable().wrap(content);
    try {
      const meta = { fileName, contentType, sameIdForSame: true };
      const { id } = await attachments.put(tenant, stream, meta);
      return `urn:lb-bus:attachment:${id}`;
    } catch (cause) {
      if (cause instanceof AttachmentTooLarge)
        throw new Failure('reject', 'A file is larger than the bus takes', {
          code: 'too-large',
          cause,
        });
      throw new Failure('retry', 'A file did not come whole into the store of attachments', {
        code: 'unavailable',
        cause,
      });
    } finally {
      stream.destroy();
    }
  };

/** The message with the addresses of its files; as it is where its source brings none. */
export const withFiles = async (
  tools: Tools,
  { line, source, client }: Feed,
  item: unknown,
  message: Derived,
): Promise<Derived> => {
  if (!source.attach) return message;
  const signal = AbortSignal.timeout(tools.timing.sendDeadlineMs);
  return source.attach(client, item, message, { signal, store: storeOf(tools, line.tenant) });
};
