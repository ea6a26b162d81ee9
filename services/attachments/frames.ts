import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Key, KeyRing } from '#runtime/keys.js';
import { SealBroken } from '#runtime/keys.js';

const plainBytes = 64 * 1024;
const tagBytes = 16;
const idBytes = 32;
const saltBytes = 32;
const headBytes = 2 + idBytes + saltBytes;
const algorithm = 'aes-256-gcm';

interface Group {
  readonly bytes: Buffer;
  readonly index: number;
  readonly last: boolean;
}

/** Cuts a stream into groups of `sizeOf(index)` bytes; only the last may be shorter, and there always is a last. */
async function* regroup(
  source: AsyncIterable<Buffer>,
  sizeOf: (index: number) => number,
): AsyncGenerator<Group> {
  let pending: Buffer = Buffer.alloc(0);
  let index = 0;
  for await (const chunk of source) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let at = 0;
    for (let size = sizeOf(index); pending.length - at > size; size = sizeOf(index)) {
      yield { bytes: pending.subarray(at, at + size), index, last: false };
      at += size;
      index += 1;
    }
    pending = pending.subarray(at);
  }
  yield { bytes: pending, index, last: true };
}

/** Each file has a key of its own, so that the frame number can be the nonce. */
const fileKey = (key: Key, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', key.bytes, salt, 'lb-bus attachment', 32));

const nonce = (frame: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(frame, 8);
  return bytes;
};

const placeOf = (place: string, frame: number, last: boolean): Buffer =>
  Buffer.from(`${place}|${frame}|${last ? 'last' : 'more'}`, 'utf8');

/**
 * Encrypts a stream in constant memory: `version(1) idLength(1) id(32) salt(32)`, then frames of 64 KiB and a tag.
 * The frame number and whether it is the last are authenticated, so that a cut, a swap or an added frame is noticed.
 */
export async function* sealFrames(
  source: AsyncIterable<Buffer>,
  ring: KeyRing,
  place: string,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const head = Buffer.alloc(headBytes);
  head[0] = 1;
  head[1] = head.write(ring[0].id, 2, idBytes, 'utf8');
  salt.copy(head, 2 + idBytes);
  yield head;
  const key = fileKey(ring[0], salt);
  for await (const { bytes, index, last } of regroup(source, () => plainBytes)) {
    const cipher = createCipheriv(algorithm, key, nonce(index));
    cipher.setAAD(placeOf(place, index, last));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

const keyFor = (head: Buffer, ring: KeyRing): Buffer => {
  const id = head.toString('utf8', 2, 2 + (head[1] ?? 0));
  const key = ring.find((candidate) => candidate.id === id);
  if (head[0] !== 1 || head.length < headBytes) throw new SealBroken('not a sealed attachment');
  if (!key) throw new SealBroken(`sealed with key "${id}", which is not in the key ring`);
  return fileKey(key, head.subarray(2 + idBytes));
};

const openFrame = (bytes: Buffer, key: Buffer, frame: number, aad: Buffer): Buffer => {
  const textBytes = bytes.length - tagBytes;
  if (textBytes < 0) throw new SealBroken('attachment is cut off');
  const decipher = createDecipheriv(algorithm, key, nonce(frame));
  decipher.setAAD(aad);
  decipher.setAuthTag(bytes.subarray(textBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, textBytes)), decipher.final()]);
  } catch (cause) {
    throw new SealBroken('attachment is damaged, cut off, or sealed for another place', { cause });
  }
};

/** Opposite of `sealFrames`; gives only frames that are proven whole. Throws `SealBroken`. */
export async function* openFrames(
  source: AsyncIterable<Buffer>,
  ring: KeyRing,
  place: string,
): AsyncGenerator<Buffer> {
  let key: Buffer | undefined;
  const sizeOf = (index: number) => (index === 0 ? headBytes : plainBytes + tagBytes);
  for await (const { bytes, index, last } of regroup(source, sizeOf)) {
    if (index === 0 && last) throw new SealBroken('attachment is cut off');
    if (key === undefined) key = keyFor(bytes, ring);
    else yield openFrame(bytes, key, index - 1, placeOf(place, index - 1, last));
  }
}
