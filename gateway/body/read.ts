import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from '#intake/refusal.js';

export interface BodyLimits {
  /** Of the bytes on the line as well as of the unpacked ones. */
  readonly maxBytes: number;
  /** From the first byte asked for to the last. */
  readonly timeoutMs: number;
}

/** The caller left before the body was whole: nobody is there to answer. */
export class BodyCut extends Error {}

export const tooLarge = (limit: number, variant = ''): Refusal =>
  new Refusal('too-large', 413, { params: { limit, variant } });

/** Throws 413 where the request announces more than the limit. */
export const requireLength = (request: IncomingMessage, maxBytes: number, variant = ''): void => {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes, variant);
};

const isPacked = (request: IncomingMessage): boolean => {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return false;
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  throw new Refusal('unsupported-media', 415, { params: { variant: 'encoding' } });
};

const collect = (request: IncomingMessage, unpacked: Readable, limits: BodyLimits) =>
  new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let lineBytes = 0;
    let sizeBytes = 0;
    // What comes after a refusal is read and dropped, so that the answer reaches a caller that is still sending.
    const fail = (error: Error) => {
      clearTimeout(timer);
      chunks.length = 0;
      request.unpipe().resume();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Refusal('timeout', 408)), limits.timeoutMs);
    const checked = (bytes: number) => {
      if (bytes > limits.maxBytes) fail(tooLarge(limits.maxBytes));
    };
    request.on('data', (chunk: Buffer) => checked((lineBytes += chunk.length)));
    request.on('close', () => {
      if (!request.complete) fail(new BodyCut('the connection was cut before the body was whole'));
    });
    request.on('error', () => fail(new BodyCut('the connection broke before the body was whole')));
    unpacked.on('data', (chunk: Buffer) => {
      checked((sizeBytes += chunk.length));
      if (sizeBytes <= limits.maxBytes) chunks.push(chunk);
    });
    unpacked.on('end', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks));
    });
    if (unpacked !== request)
      unpacked.on('error', () =>
        fail(new Refusal('not-json', 400, { params: { variant: 'gzip' } })),
      );
  });

/** Reads a whole body as it stands on the line, packed or not. */
export const readRawBody = async (
  request: IncomingMessage,
  limits: BodyLimits,
): Promise<Buffer> => {
  requireLength(request, limits.maxBytes);
  return collect(request, request, limits);
};

/**
 * Reads a whole body within its limits, unpacked where it is `gzip`. Throws `Refusal` (413, 415, 408, 400) or
 * `BodyCut`; never keeps more than the limit in memory.
 */
export const readBody = async (request: IncomingMessage, limits: BodyLimits): Promise<Buffer> => {
  const packed = isPacked(request);
  requireLength(request, limits.maxBytes);
  return collect(request, packed ? request.pipe(createGunzip()) : request, limits);
};
