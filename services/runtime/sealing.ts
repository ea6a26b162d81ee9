import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { open, seal, SealBroken, type Key, type KeyRing } from './keys.js';

/** First byte of what was sealed to a sealing key; that of `seal` is another. */
const version = 2;
const publicBytes = 32;
/** RFC 8410: what stands before the 32 bytes of an X25519 key in DER. */
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');

const derived = (secret: Buffer, salt: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, `lb-bus ${use}`, 32));

const privateKeyOf = ({ bytes }: Key): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([privatePrefix, derived(bytes, Buffer.alloc(0), 'sealing key')]),
    format: 'der',
    type: 'pkcs8',
  });

const publicKeyFrom = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });

const rawOf = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length);

/** The public half of a key of the deployment, under the same id: who has it can seal, and open nothing. */
export const sealingKeyOf = (key: Key): Key => ({
  id: key.id,
  bytes: rawOf(createPublicKey(privateKeyOf(key))),
});

const agreedKey = (shared: Buffer, ephemeral: Buffer, to: Buffer, id: string): KeyRing => [
  { id, bytes: derived(shared, Buffer.concat([ephemeral, to]), 'sealed to') },
];

/**
 * Seals for whoever has the key of which `to` is the public half: X25519 with a key of this once, HKDF-SHA-256, then
 * `seal`. `2 ephemeral(32)` and what `seal` gives. The AAD binds the bytes to their place.
 */
export const sealTo = (plain: Buffer, to: Key, aad: string): Buffer => {
  const once = generateKeyPairSync('x25519');
  const ephemeral = rawOf(once.publicKey);
  const shared = diffieHellman({ privateKey: once.privateKey, publicKey: publicKeyFrom(to.bytes) });
  const sealed = seal(plain, agreedKey(shared, ephemeral, to.bytes, to.id), aad);
  return Buffer.concat([Buffer.from([version]), ephemeral, sealed]);
};

/** Id of the key of the deployment that opens it; null for what `seal` sealed. */
export const sealedTo = (sealed: Buffer): string | null => {
  if (sealed[0] !== version) return null;
  const inner = sealed.subarray(1 + publicBytes);
  return inner.toString('utf8', 2, 2 + (inner[1] ?? 0));
};

/** Opposite of `sealTo`. Throws `SealBroken`. */
export const openSealedTo = (sealed: Buffer, ring: KeyRing, aad: string): Buffer => {
  const id = sealedTo(sealed);
  const key = ring.find((candidate) => candidate.id === id);
  if (id === null || !key)
    throw new SealBroken(`sealed to key "${id ?? ''}", which is not in the key ring`);
  const ephemeral = sealed.subarray(1, 1 + publicBytes);
  const shared = diffieHellman({
    privateKey: privateKeyOf(key),
    publicKey: publicKeyFrom(ephemeral),
  });
  const agreed = agreedKey(shared, ephemeral, sealingKeyOf(key).bytes, id);
  return open(sealed.subarray(1 + publicBytes), agreed, aad);
};
