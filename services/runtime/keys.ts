import { createCipheriv, createDecipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fewRandomBytes } from './random.js';

const ivBytes = 12;
const tagBytes = 16;
const algorithm = 'aes-256-gcm';

/** A 256-bit key with the id that is written into everything it seals. */
export interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Keys by age: the first seals, all of them open. */
export type KeyRing = readonly [Key, ...Key[]];

/** Raised where sealed bytes cannot be opened: unknown key id, damaged, or meant for another place. */
export class SealBroken extends Error {}

/**
 * AES-256-GCM: `version(1) idLength(1) id iv(12) tag(16) ciphertext`. The AAD binds the bytes to their place
 * (tenant|message, tenant|name|version), so that they cannot be moved to another.
 */
export const seal = (plain: Buffer, ring: KeyRing, aad: string): Buffer => {
  const key = ring[0];
  const id = Buffer.from(key.id, 'utf8');
  const iv = fewRandomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key.bytes, iv);
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  const parts = [cipher.update(plain), cipher.final()];
  return Buffer.concat([Buffer.of(1, id.length), id, iv, cipher.getAuthTag(), ...parts]);
};

/** Opposite of `seal`. Throws `SealBroken`. */
export const open = (sealed: Buffer, ring: KeyRing, aad: string): Buffer => {
  const idBytes = sealed[1] ?? 0;
  const ivAt = 2 + idBytes;
  const textAt = ivAt + ivBytes + tagBytes;
  if (sealed[0] !== 1 || sealed.length < textAt) throw new SealBroken('not a sealed value');
  const id = sealed.toString('utf8', 2, ivAt);
  const key = ring.find((candidate) => candidate.id === id);
  if (!key) throw new SealBroken(`sealed with key "${id}", which is not in the key ring`);
  const decipher = createDecipheriv(algorithm, key.bytes, sealed.subarray(ivAt, ivAt + ivBytes));
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(sealed.subarray(ivAt + ivBytes, textAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]);
  } catch (cause) {
    throw new SealBroken('damaged, or sealed for another place', { cause });
  }
};

/**
 * Reads a key file: one `<id>:<base64 of 32 bytes>` per line, the first is current.
 * Throws with file and line where it is not that.
 */
export const readKeyFile = (file: string): KeyRing => {
  const keys = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line, index) => {
      const [id = '', encoded = ''] = line.split(':');
      const bytes = Buffer.from(encoded, 'base64');
      if (!/^[\w-]{1,32}$/.test(id) || bytes.length !== 32)
        throw new Error(`${file}: key ${index + 1} is not "<id>:<base64 of 32 bytes>"`);
      return { id, bytes };
    });
  const [first, ...rest] = keys;
  if (!first) throw new Error(`${file}: holds no key; write "<id>:<base64 of 32 bytes>"`);
  return [first, ...rest];
};
