import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import {
  AttachmentTooLarge,
  type AttachmentStore,
  type StoredAttachment,
} from '#attachments/store.js';
import { Refusal } from '#intake/refusal.js';
import type { Meldingen } from '#tenants/burgerprofiel/schema.js';
import { cleanFileName } from '../attachments/disposition.js';
import { readFormData, type FormPart } from '../body/form-data.js';
import { parseMessage, requireText } from '../body/json.js';
import { readBody, requireLength, tooLarge } from '../body/read.js';
import { maxMessageBytes } from '../messages/events.js';
import type { Parts } from '../tokens.js';
import { refusedSubmission, requireForm } from './form.js';
import { limitsOf, type AttachmentLimits } from './limits.js';

/** A submission that follows the form of its tenant, with its attachments in the store. */
export interface Submitted {
  readonly submission: unknown;
  readonly attachments: readonly StoredAttachment[];
}

export interface SubmissionParts {
  readonly attachments: AttachmentStore;
  readonly times: Parts['times'];
}

/** For whom it is read. */
interface Reading {
  readonly tenant: string;
  readonly meldingen: Meldingen;
}

/** Room for boundaries and headers around the parts. */
const formOverheadBytes = 64 * 1024;

const unsupported = (variant: string, types = ''): Refusal =>
  new Refusal('unsupported-media', 415, { params: { variant, types } });

const mediaOf = (contentType: string | undefined): string => {
  let media: MIMEType;
  try {
    media = new MIMEType(contentType ?? '');
  } catch {
    throw unsupported('submission');
  }
  if ((media.params.get('charset') ?? 'utf-8').toLowerCase() !== 'utf-8')
    throw unsupported('charset');
  return media.essence;
};

/** Bytes that are no UTF-8 have become U+FFFD on the way. */
const parsedField = (value: string): unknown => {
  if (value.includes('\ufffd'))
    throw new Refusal('not-json', 400, { params: { variant: 'utf-8' } });
  return parseMessage(Buffer.from(value, 'utf8'));
};

const parsed = (bytes: Buffer): unknown => {
  requireText(bytes);
  return parseMessage(bytes);
};

const collect = async (content: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of content) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxMessageBytes) throw tooLarge(maxMessageBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

type FilePart = Extract<FormPart, { kind: 'file' }>;

const keep = async (
  store: AttachmentStore,
  { tenant }: Reading,
  { file, limits }: { readonly file: FilePart; readonly limits: AttachmentLimits },
): Promise<StoredAttachment> => {
  const { contentType, content, fileName } = file;
  const { types, maxBytes } = limits;
  if (!types.includes(contentType)) throw unsupported('attachment-type', types.join(', '));
  const meta = {
    contentType,
    maxBytes,
    fileName: cleanFileName(fileName ?? ''),
    sameIdForSame: true,
  };
  try {
    return await store.put(tenant, content, meta);
  } catch (error) {
    throw error instanceof AttachmentTooLarge ? tooLarge(maxBytes, 'attachment') : error;
  }
};

const readForm = async (
  { attachments: store, times }: SubmissionParts,
  request: IncomingMessage,
  reading: Reading,
): Promise<Submitted> => {
  const limits = limitsOf(reading.meldingen);
  const { most, maxBytes, part } = limits;
  requireLength(request, most * maxBytes + maxMessageBytes + formOverheadBytes);
  const attachments: StoredAttachment[] = [];
  let submission: unknown;
  const set = (value: unknown): void => {
    // Before anything that comes after it is kept.
    requireForm(reading.meldingen, value);
    submission = value;
  };
  const formLimits = { mostParts: most + 1, maxFieldBytes: maxMessageBytes, idleMs: times.idleMs };
  await readFormData(request, formLimits, async (one) => {
    if (one.name === part && submission === undefined) {
      set(one.kind === 'field' ? parsedField(one.value) : parsed(await collect(one.content)));
      return;
    }
    if (one.kind === 'field') throw refusedSubmission([unknownPart(one.name)]);
    if (attachments.length === most) throw tooLarge(most, 'attachments');
    attachments.push(await keep(store, reading, { file: one, limits }));
  });
  if (submission === undefined) throw refusedSubmission([missingPart(part)]);
  return { submission, attachments };
};

const missingPart = (property: string) => ({
  pointer: '',
  code: 'required',
  text: { key: 'required', params: { property } },
});

const unknownPart = (name: string) => ({
  pointer: '',
  code: 'unknown-property',
  text: { key: 'unknown-property', params: { property: name.slice(0, 64) } },
});

/**
 * Reads what Mijn Burgerprofiel submits: JSON, or a form with the JSON and files, which are kept while they stream in.
 * Throws 400, 408, 413, 415, 422.
 */
export const readSubmission = async (
  parts: SubmissionParts,
  request: IncomingMessage,
  reading: Reading,
): Promise<Submitted> => {
  const media = mediaOf(request.headers['content-type']);
  if (media === 'multipart/form-data') {
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw unsupported('identity');
    return readForm(parts, request, reading);
  }
  if (media !== 'application/json') throw unsupported('submission');
  const limits = { maxBytes: maxMessageBytes, timeoutMs: parts.times.messageMs };
  const submission = parsed(await readBody(request, limits));
  requireForm(reading.meldingen, submission);
  return { submission, attachments: [] };
};
