import { createHash, createHmac, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { KeyRing } from '#runtime/keys.js';
import { open, seal, SealBroken } from '#runtime/keys.js';
import type { Blobs } from './blobs.js';
import { fileBlobs } from './files.js';
import { openFrames, sealFrames } from './frames.js';
import { s3Blobs } from './s3.js';

export const maxAttachmentBytes = 100 * 1024 * 1024;
/** No upload lasts as long as this. */
const leftoverMs = 24 * 3_600_000;

export interface AttachmentMeta {
  readonly fileName: string | null;
  readonly contentType: string;
  /** SHA-256 in hex that the sender says the bytes have. */
  readonly sha256?: string;
  /** Fewer bytes than the store takes. */
  readonly maxBytes?: number;
  /** The same bytes under the same name get the same id: who sends them twice refers to the same attachment. */
  readonly sameIdForSame?: boolean;
}

export interface StoredAttachment {
  /** UUID; `urn:lb-bus:attachment:<id>` is its URI. */
  readonly id: string;
  readonly fileName: string | null;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Hex, over the plain bytes. */
  readonly sha256: string;
}

/** More than may be; nothing was stored. */
export class AttachmentTooLarge extends Error {}

/** The bytes are not the ones the sender announced; nothing was stored. */
export class DigestMismatch extends Error {}

/** Attachments of all tenants, encrypted with the body keys of their tenant; another tenant's do not exist for a caller. */
export interface AttachmentStore {
  /** Resolves once the bytes are safe. Reads `content` but never destroys it. Throws `AttachmentTooLarge`, `DigestMismatch`. */
  readonly put: (
    tenant: string,
    content: Readable,
    meta: AttachmentMeta,
  ) => Promise<StoredAttachment>;
  readonly describe: (tenant: string, id: string) => Promise<StoredAttachment | null>;
  /** The plain bytes; the stream fails with `SealBroken` before it gives the end of a damaged one. Rejects where unknown. */
  readonly read: (tenant: string, id: string) => Promise<Readable>;
  /** Clears away what uploads of these tenants left that were interrupted more than a day ago; a bucket has a life-cycle rule for that. */
  readonly sweep: (tenants: Iterable<string>) => Promise<void>;
  readonly close: () => void;
}

interface Reference extends StoredAttachment {
  /** Name of the blob with the bytes. */
  readonly content: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Equal content of one tenant lies once; the hash is keyed, so that a name tells nothing of what is in it. */
const contentName = (tenant: string, sha256: string, ring: KeyRing): string => {
  const name = createHmac('sha256', ring[0].bytes).update(`${tenant}|${sha256}`).digest('hex');
  return `${tenant}/${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`;
};

const referenceName = (tenant: string, id: string) => `${tenant}/id/${id.slice(0, 2)}/${id}`;
const contentPlace = (tenant: string) => `${tenant}|attachment`;

/** Counts and hashes what passes. */
const meter = (maxBytes: number) => {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  return {
    through: async function* (content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of content) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) throw new AttachmentTooLarge();
        hash.update(chunk);
        yield chunk;
      }
    },
    sizeBytes: () => sizeBytes,
    sha256: () => hash.digest('hex'),
  };
};

/** Holds the last chunk back until the digest of all is right. */
async function* proven(content: AsyncIterable<Buffer>, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  for await (const chunk of content) {
    if (held) yield held;
    held = chunk;
    hash.update(chunk);
  }
  if (hash.digest('hex') !== sha256) throw new SealBroken('these are the bytes of another one');
  if (held) yield held;
}

/** A UUID of version 8 (RFC 9562) of what makes an attachment the same; ids lie apart per tenant. */
const idOfSame = (sha256: string, { fileName, contentType }: AttachmentMeta): string => {
  const same = JSON.stringify([sha256, fileName, contentType]);
  const hex = createHash('sha256').update(same).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
};

const collect = async (content: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const storeOn = (blobs: Blobs, keysOf: (tenant: string) => KeyRing): AttachmentStore => {
  const refer = async (tenant: string, id: string): Promise<Reference | null> => {
    if (!uuid.test(id)) return null;
    const sealed = await blobs.read(referenceName(tenant, id));
    if (!sealed) return null;
    const plain = open(await collect(sealed), keysOf(tenant), `${tenant}|attachment|${id}`);
    return JSON.parse(plain.toString('utf8')) as Reference;
  };
  const stageContent = async (tenant: string, content: Readable, meta: AttachmentMeta) => {
    const ring = keysOf(tenant);
    const measured = meter(Math.min(meta.maxBytes ?? maxAttachmentBytes, maxAttachmentBytes));
    const plain = measured.through(content.iterator({ destroyOnReturn: false }));
    const staged = await blobs.stage(tenant, sealFrames(plain, ring, contentPlace(tenant)));
    const sha256 = measured.sha256();
    if (meta.sha256 !== undefined && meta.sha256 !== sha256) {
      await staged.discard();
      throw new DigestMismatch();
    }
    return { staged, sha256, sizeBytes: measured.sizeBytes() };
  };
  return {
    put: async (tenant, content, meta) => {
      const { staged, sha256, sizeBytes } = await stageContent(tenant, content, meta);
      const { fileName, contentType } = meta;
      const id = meta.sameIdForSame === true ? idOfSame(sha256, meta) : randomUUID();
      const stored = { id, fileName, contentType, sizeBytes, sha256 };
      const name = contentName(tenant, sha256, keysOf(tenant));
      await staged.keepAs(name);
      const reference: Reference = { ...stored, content: name };
      const plain = Buffer.from(JSON.stringify(reference), 'utf8');
      const sealed = seal(plain, keysOf(tenant), `${tenant}|attachment|${stored.id}`);
      const stagedReference = await blobs.stage(tenant, Readable.from([sealed]));
      await stagedReference.keepAs(referenceName(tenant, stored.id));
      return stored;
    },
    describe: async (tenant, id) => {
      const reference = await refer(tenant, id);
      if (!reference) return null;
      const { fileName, contentType, sizeBytes, sha256 } = reference;
      return { id, fileName, contentType, sizeBytes, sha256 };
    },
    read: async (tenant, id) => {
      const reference = await refer(tenant, id);
      const sealed = reference && (await blobs.read(reference.content));
      if (!sealed) throw new Error(`tenant ${tenant} has no attachment ${id}`);
      const plain = openFrames(sealed, keysOf(tenant), contentPlace(tenant));
      const content = Readable.from(proven(plain, reference.sha256), { objectMode: false });
      // Where nobody began to read, nothing else lets go of it.
      return content.once('close', () => sealed.destroy());
    },
    sweep: async (tenants) => {
      const before = new Date(Date.now() - leftoverMs);
      for (const tenant of tenants) await blobs.sweep(tenant, before);
    },
    close: blobs.close,
  };
};

/** Opens `file:///folder` or `s3://bucket[/prefix]?endpoint=…&region=…`. Throws on any other address. */
export const openAttachmentStore = (
  url: string,
  keysOf: (tenant: string) => KeyRing,
): AttachmentStore => {
  const address = new URL(url);
  if (address.protocol === 'file:') return storeOn(fileBlobs(fileURLToPath(address)), keysOf);
  if (address.protocol === 's3:') return storeOn(s3Blobs(address), keysOf);
  throw new Error(`attachments cannot be kept at ${address.protocol}: use file: or s3:`);
};
