const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openers = new Set([0x5b, 0x7b]);
const closers = new Set([0x5d, 0x7d]);
/** One for each byte that means something: most do not, and a set would be asked for each of them. */
const means = new Uint8Array(256);
for (const byte of [quote, comma, ...openers, ...closers]) means[byte] = 1;
const white = new Set([0x20, 0x09, 0x0a, 0x0d]);

type Mark = (byte: number, at: number, depth: number) => void;

const afterString = (bytes: Buffer, start: number): number => {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
};

/** Tells every bracket and comma outside strings, with the depth after an opener and before a closer. */
const scan = (bytes: Buffer, mark: Mark): void => {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (means[byte] === 0) continue;
    if (byte === quote) at = afterString(bytes, at);
    else if (openers.has(byte)) mark(byte, at, (depth += 1));
    else if (closers.has(byte)) mark(byte, at, depth--);
    else mark(byte, at, depth);
  }
};

/** How deep the brackets of a JSON text go, in constant stack: for JSON that nobody has parsed yet. */
export const depthOf = (bytes: Buffer): number => {
  let deepest = 0;
  scan(bytes, (_byte, _at, depth) => (deepest = Math.max(deepest, depth)));
  return deepest;
};

const trimmed = (bytes: Buffer): Buffer => {
  let start = 0;
  let end = bytes.length;
  while (white.has(bytes[start] ?? 0)) start += 1;
  while (end > start && white.has(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.subarray(start, end);
};

/**
 * The texts of the items of a JSON array; null where the text is not one array from begin to end. The text is
 * JSON exactly where each item is.
 */
export const itemsOf = (bytes: Buffer): readonly Buffer[] | null => {
  const text = trimmed(bytes);
  if (text[0] !== 0x5b) return null;
  const items: Buffer[] = [];
  let from = 1;
  let closedAt = -1;
  scan(text, (byte, at, depth) => {
    if (depth !== 1 || openers.has(byte) || closedAt >= 0) return;
    items.push(text.subarray(from, at));
    from = at + 1;
    if (byte !== comma) closedAt = at;
  });
  if (closedAt !== text.length - 1 || text[closedAt] !== 0x5d) return null;
  return items.length === 1 && trimmed(items[0] ?? text).length === 0 ? [] : items;
};
