import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Blobs } from './blobs.js';

const isReadable = (body: unknown): body is Readable => body instanceof Readable;

/** Only what every S3-compatible store knows: path-style addresses, no checksum trailers. */
const clientOf = (address: URL): S3Client => {
  const endpoint = address.searchParams.get('endpoint');
  return new S3Client({
    region: address.searchParams.get('region') ?? 'us-east-1',
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
};

/** Uploads in parts; where `content` fails, its own error is thrown, also if the store could not clear up the parts. */
const upload = async (
  client: S3Client,
  place: { readonly Bucket: string; readonly Key: string },
  content: AsyncIterable<Buffer>,
): Promise<void> => {
  const Body = Readable.from(content, { objectMode: false });
  let broken: Error | undefined;
  Body.once('error', (error) => (broken = error));
  try {
    await new Upload({ client, queueSize: 2, params: { ...place, Body } }).done();
  } catch (error) {
    throw broken ?? error;
  }
};

/**
 * Sealed bytes in a bucket, `s3://bucket[/prefix]?endpoint=https://…&region=…`; credentials from the usual AWS variables.
 * An object is uploaded under `staging/` and copied to its name once it is whole; a life-cycle rule may empty `staging/`.
 */
export const s3Blobs = (address: URL): Blobs => {
  const client = clientOf(address);
  const Bucket = address.hostname;
  const prefix = address.pathname.replace(/^\/|\/$/g, '');
  const keyOf = (name: string) => (prefix === '' ? name : `${prefix}/${name}`);
  return {
    stage: async (folder, content) => {
      const Key = keyOf(`${folder}/staging/${randomUUID()}`);
      const discard = async () => {
        await client.send(new DeleteObjectCommand({ Bucket, Key }));
      };
      await upload(client, { Bucket, Key }, content);
      return {
        keepAs: async (name) => {
          const CopySource = `${Bucket}/${Key}`;
          await client.send(new CopyObjectCommand({ Bucket, Key: keyOf(name), CopySource }));
          await discard();
        },
        discard,
      };
    },
    sweep: () => Promise.resolve(),
    read: async (name) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keyOf(name) }));
        return isReadable(Body) ? Body : null;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
    close: () => client.destroy(),
  };
};
