import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { SealBroken, seal, type Key, type KeyRing } from './keys.js';
import { openSealedTo, sealedTo, sealingKeyOf, sealTo } from './sealing.js';

const ring: KeyRing = [{ id: '2027-01', bytes: randomBytes(32) }];
const [key] = ring;
const plain = Buffer.from('geheim');

it('is opened by the key of which the sealing key is the public half, at its place', () => {
  const sealed = sealTo(plain, sealingKeyOf(key), 'aalter|a|1');
  expect(sealedTo(sealed)).toBe('2027-01');
  expect(openSealedTo(sealed, ring, 'aalter|a|1').toString()).toBe('geheim');
  expect(() => openSealedTo(sealed, ring, 'aalter|a|2')).toThrow(SealBroken);
});

it('is opened neither by the sealing key itself, nor by another key of the same name', () => {
  const sealed = sealTo(plain, sealingKeyOf(key), 'place');
  const others: Key[] = [sealingKeyOf(key), { id: key.id, bytes: randomBytes(32) }];
  for (const other of others)
    expect(() => openSealedTo(sealed, [other], 'place')).toThrow(SealBroken);
  expect(() => openSealedTo(sealed, [{ ...key, id: 'x' }], 'place')).toThrow('key "2027-01"');
});

it('seals the same twice in another way, and knows what was not sealed so', () => {
  const to = sealingKeyOf(key);
  expect(sealTo(plain, to, 'p').equals(sealTo(plain, to, 'p'))).toBe(false);
  expect(sealedTo(seal(plain, ring, 'p'))).toBeNull();
  expect(() => openSealedTo(seal(plain, ring, 'p'), ring, 'p')).toThrow(SealBroken);
});

it('breaks on every bit that is turned', () => {
  const sealed = sealTo(plain, sealingKeyOf(key), 'p');
  for (let at = 1; at < sealed.length; at += 1) {
    const turned = Buffer.from(sealed);
    turned[at] = (turned[at] ?? 0) ^ 1;
    expect(() => openSealedTo(turned, ring, 'p')).toThrow(SealBroken);
  }
});
