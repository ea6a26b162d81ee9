import { isUtf8 } from 'node:buffer';
import { Refusal } from '#intake/refusal.js';
import { depthOf } from './scan.js';

export const maxDepth = 64;

const notJson = (variant: string): Refusal => new Refusal('not-json', 400, { params: { variant } });

/** Throws where the bytes are not UTF-8 without a byte order mark. */
export const requireText = (bytes: Buffer): void => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw notJson('bom');
  if (!isUtf8(bytes)) throw notJson('utf-8');
};

/** Parses one message that is UTF-8. Of duplicate keys the last counts. Throws 400, for depth before anything is parsed. */
export const parseMessage = (bytes: Buffer, depth: number = maxDepth): unknown => {
  if (depthOf(bytes) > depth) throw new Refusal('too-deep', 400, { params: { limit: maxDepth } });
  return parseJson(bytes);
};

/** Parses without looking at what it says. Throws 400 `not-json`. */
export const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new Refusal('not-json', 400);
  }
};
