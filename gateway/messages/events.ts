import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#intake/refusal.js';
import { attributesOf } from '../body/attributes.js';
import { maxDepth, parseJson, parseMessage, requireText } from '../body/json.js';
import type { Mode } from '../body/media.js';
import { readBody, tooLarge } from '../body/read.js';
import { itemsOf } from '../body/scan.js';

export const maxMessageBytes = 1024 * 1024;
export const maxBatchBytes = 16 * maxMessageBytes;
export const maxBatchItems = 500;
/** Takes a millisecond or two. */
const mostAtOnceBytes = 128 * 1024;
/** As often as each piece took. */
const restsPerPiece = 3;

/** How long a body may take to arrive. */
export interface BodyTimes {
  readonly messageMs: number;
  readonly batchMs: number;
}

/** Reads the one CloudEvent of a request in structured or binary mode, as parsed JSON. Throws 400, 408, 413, 415. */
export const readEvent = async (
  request: IncomingMessage,
  mode: Exclude<Mode, 'batch'>,
  timeoutMs: number,
): Promise<unknown> => {
  const bytes = await readBody(request, { maxBytes: maxMessageBytes, timeoutMs });
  requireText(bytes);
  if (mode === 'structured') return parseMessage(bytes);
  // The envelope, which here lies in the headers, is the first level.
  const data = parseMessage(bytes, maxDepth - 1);
  return { ...attributesOf(request), datacontenttype: request.headers['content-type'], data };
};

const batch = (variant: string): Refusal =>
  new Refusal('envelope-invalid', 400, { params: { variant } });

/** Pieces that are as large as can be done at once. */
const piecesOf = (items: readonly Buffer[]): readonly (readonly Buffer[])[] => {
  const pieces: Buffer[][] = [];
  let leftBytes = 0;
  for (const item of items) {
    if (leftBytes <= 0) {
      pieces.push([]);
      leftBytes = mostAtOnceBytes;
    }
    pieces.at(-1)?.push(item);
    leftBytes -= item.length;
  }
  return pieces;
};

let rested: Promise<unknown> = Promise.resolve();

/** Of all large batches one piece at a time, in turn, with a rest after each: whoever sends little finds the processor free. */
const unhurried = (work: () => void): Promise<void> => {
  const begun = rested.then(() => performance.now());
  const done = begun.then(work);
  rested = Promise.allSettled([begun, done]).then(async () =>
    pause(restsPerPiece * (performance.now() - (await begun))),
  );
  return done;
};

/** A text of which one item is not JSON is itself not JSON. */
const requireJson = async (items: readonly Buffer[]): Promise<void> => {
  const pieces = piecesOf(items);
  const [only] = pieces;
  if (only && pieces.length === 1) only.forEach(parseJson);
  else for (const piece of pieces) await unhurried(() => piece.forEach(parseJson));
};

/** Reads the items of a batch: each parsed when asked for, so that one bad item says so for itself only. */
export const readBatch = async (
  request: IncomingMessage,
  timeoutMs: number,
): Promise<readonly (() => unknown)[]> => {
  const bytes = await readBody(request, { maxBytes: maxBatchBytes, timeoutMs });
  requireText(bytes);
  const items = itemsOf(bytes);
  if (!items) {
    parseMessage(bytes);
    throw batch('batch');
  }
  if (items.length === 0) throw batch('empty-batch');
  if (items.length > maxBatchItems)
    throw new Refusal('too-large', 413, { params: { variant: 'batch', limit: maxBatchItems } });
  await requireJson(items);
  return items.map((item) => () => {
    if (item.length > maxMessageBytes) throw tooLarge(maxMessageBytes);
    return parseMessage(item);
  });
};
