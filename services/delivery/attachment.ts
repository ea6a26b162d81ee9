import type { Attachment } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import type { Tools } from './tools.js';

const scheme = 'urn:lb-bus:attachment:';

/** Gives connectors the attachments of one tenant by their URI; anything else the bus never fetches. */
export const attachmentsOf =
  (store: Tools['attachments'], tenant: string) =>
  async (uri: string): Promise<Attachment> => {
    if (!uri.startsWith(scheme))
      throw new Failure('reject', 'The bus fetches no attachments from other addresses', {
        code: 'unsupported',
      });
    const id = uri.slice(scheme.length);
    const stored = await store.describe(tenant, id);
    if (!stored)
      throw new Failure('reject', `Attachment ${id} is not known`, { code: 'not-found' });
    const { fileName, contentType, sizeBytes } = stored;
    const content = await store.read(tenant, id);
    return { fileName: fileName ?? id, contentType, sizeBytes, content };
  };
