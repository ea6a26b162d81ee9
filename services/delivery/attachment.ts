import type { Attachment } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import { SealBroken } from '#runtime/keys.js';
import type { Tools } from './tools.js';

const scheme = 'urn:lb-bus:attachment:';

/** The store does not answer now; a blob that is damaged is no matter of time. */
const patient = async <T>(asking: Promise<T>): Promise<T> => {
  try {
    return await asking;
  } catch (cause) {
    if (cause instanceof SealBroken) throw cause;
    throw new Failure('retry', 'The store of attachments of the bus does not answer', {
      code: 'unavailable',
      cause,
    });
  }
};

/** Gives connectors the attachments of one tenant by their URI; anything else the bus never fetches. */
export const attachmentsOf =
  (store: Pick<Tools['attachments'], 'describe' | 'read'>, tenant: string) =>
  async (uri: string): Promise<Attachment> => {
    if (!uri.startsWith(scheme))
      throw new Failure('reject', 'The bus fetches no attachments from other addresses', {
        code: 'unsupported',
      });
    const id = uri.slice(scheme.length);
    const stored = await patient(store.describe(tenant, id));
    if (!stored)
      throw new Failure('reject', `Attachment ${id} is not known`, { code: 'not-found' });
    const { fileName, contentType, sizeBytes } = stored;
    const content = await patient(store.read(tenant, id));
    return { fileName: fileName ?? id, contentType, sizeBytes, content };
  };
