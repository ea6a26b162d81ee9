import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { Refusal } from '#intake/refusal.js';
import { streamBody } from './stream.js';

/** One part of a multipart/form-data body, in the order of the body. */
export type FormPart =
  | { readonly kind: 'field'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly fileName: string | null;
      readonly contentType: string;
      readonly content: Readable;
    };

export interface FormLimits {
  readonly mostParts: number;
  readonly maxFieldBytes: number;
  readonly idleMs: number;
}

/** Takes one part; of a file it reads the content to its end. */
export type TakePart = (part: FormPart) => Promise<void>;

const malformed = (): Refusal =>
  new Refusal('envelope-invalid', 400, { params: { variant: 'body' } });

const parserFor = (request: IncomingMessage, { mostParts, maxFieldBytes }: FormLimits) => {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { parts: mostParts + 1, fieldSize: maxFieldBytes + 1, headerPairs: 20 },
    });
  } catch {
    throw malformed();
  }
};

/**
 * Reads a multipart/form-data body part by part in constant memory, one after another. Rejects with what `take` throws,
 * with 400 where the body is none, 408 or 413; what still comes is then read and dropped, so that the answer arrives.
 */
export const readFormData = (
  request: IncomingMessage,
  limits: FormLimits,
  take: TakePart,
): Promise<void> => {
  const parser = parserFor(request, limits);
  return new Promise((resolve, reject) => {
    const body = streamBody(request, limits.idleMs);
    let taking = Promise.resolve();
    let failed = false;
    const fail = (error: unknown): void => {
      if (failed) return;
      failed = true;
      body.unpipe(parser);
      parser.destroy();
      request.unpipe().resume();
      reject(error instanceof Error ? error : new Error('unreadable', { cause: error }));
    };
    const next = (part: FormPart): void => {
      taking = taking.then(() => (failed ? undefined : take(part)));
      taking.catch(fail);
    };
    const tooMany = (): void =>
      fail(
        new Refusal('too-large', 413, {
          params: { variant: 'attachments', limit: limits.mostParts },
        }),
      );
    parser.on('field', (name: string | undefined, value, { valueTruncated }) => {
      if (valueTruncated || Buffer.byteLength(value) > limits.maxFieldBytes)
        fail(new Refusal('too-large', 413, { params: { limit: limits.maxFieldBytes } }));
      else next({ kind: 'field', name: name ?? '', value });
    });
    parser.on('file', (name: string | undefined, content, about) => {
      // Without a reader its error would be nobody's.
      content.on('error', () => undefined);
      const { filename, mimeType } = about as { filename?: string; mimeType: string };
      next({
        kind: 'file',
        name: name ?? '',
        fileName: filename ?? null,
        contentType: mimeType,
        content,
      });
    });
    parser.on('partsLimit', tooMany);
    parser.on('error', () => fail(malformed()));
    parser.on('close', () => void taking.then(resolve, fail));
    body.on('error', fail);
    body.pipe(parser);
  });
};
