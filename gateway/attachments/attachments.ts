import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import {
  type AttachmentStore,
  AttachmentTooLarge,
  DigestMismatch,
  maxAttachmentBytes,
} from '#attachments/store.js';
import { Refusal } from '#intake/refusal.js';
import type { Tenant } from '#tenants/directory.js';
import { json, type Answer } from '../answer.js';
import { requireLength, tooLarge } from '../body/read.js';
import { streamBody } from '../body/stream.js';
import { contentDisposition, fileNameIn } from './disposition.js';

const contentTypeOf = (request: IncomingMessage): string => {
  const header = request.headers['content-type'] ?? 'application/octet-stream';
  try {
    return new MIMEType(header).toString();
  } catch {
    throw new Refusal('unsupported-media', 415, { params: { variant: 'attachment' } });
  }
};

/**
 * `Repr-Digest: sha-256=:<base64>:` (RFC 9530) as hex; undefined where the sender gives none that we know. Throws 422
 * for a sha-256 that cannot be read: who asked for a check must not believe that it was done.
 */
const announcedSha256 = (request: IncomingMessage): { sha256?: string } => {
  const header = request.headers['repr-digest'];
  const encoded = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(String(header ?? ''))?.[1];
  if (encoded === undefined && /(?:^|,)\s*sha-256\s*(?:[=,;]|$)/i.test(String(header ?? '')))
    throw new Refusal('digest-mismatch', 422, { params: { variant: 'malformed' } });
  return encoded === undefined ? {} : { sha256: Buffer.from(encoded, 'base64').toString('hex') };
};

const asRefusal = (error: unknown): unknown => {
  if (error instanceof AttachmentTooLarge) return tooLarge(maxAttachmentBytes, 'attachment');
  if (error instanceof DigestMismatch) return new Refusal('digest-mismatch', 422);
  return error;
};

/** Takes the bytes of an attachment as they stream in. Throws 413, 415, 422; nothing is kept after a refusal. */
export const putAttachment = async (
  store: AttachmentStore,
  tenant: Tenant,
  request: IncomingMessage,
  idleMs: number,
): Promise<Answer> => {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Refusal('unsupported-media', 415, { params: { variant: 'identity' } });
  requireLength(request, maxAttachmentBytes, 'attachment');
  const meta = {
    contentType: contentTypeOf(request),
    fileName: fileNameIn(request.headers['content-disposition']),
    ...announcedSha256(request),
  };
  try {
    const stored = await store.put(tenant.id, streamBody(request, idleMs), meta);
    const { id, sha256, sizeBytes: size, contentType } = stored;
    const uri = `urn:lb-bus:attachment:${id}`;
    const location = `/v1/attachments/${id}`;
    return json(201, { id, uri, sha256, size, contentType }, { location });
  } catch (error) {
    // What still comes is read and dropped, so that the answer reaches a sender that is still sending.
    request.unpipe().resume();
    throw asRefusal(error);
  }
};

/** The bytes of an attachment of the tenant; a browser never shows them as a page of ours. Throws 404. */
export const getAttachment = async (
  store: AttachmentStore,
  tenant: Tenant,
  id: string,
): Promise<Answer> => {
  const found = await store.describe(tenant.id, id);
  if (!found) throw new Refusal('not-found', 404);
  const digest = Buffer.from(found.sha256, 'hex').toString('base64');
  return {
    status: 200,
    headers: {
      'content-type': found.contentType,
      'content-length': String(found.sizeBytes),
      'content-disposition': contentDisposition(found.fileName),
      'repr-digest': `sha-256=:${digest}:`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
    body: await store.read(tenant.id, id),
  };
};
