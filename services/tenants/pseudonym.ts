import { createHmac, hkdfSync } from 'node:crypto';
import type { Key, KeyRing } from '#runtime/keys.js';

const derived = new WeakMap<Key, Buffer>();

/** A key of its own for each data key: who has a pseudonym and a body learns nothing of either key. */
const pseudonymKey = (key: Key): Buffer => {
  const known = derived.get(key);
  if (known) return known;
  const made = Buffer.from(hkdfSync('sha256', key.bytes, '', 'lb-bus pseudonyms', 32));
  derived.set(key, made);
  return made;
};

/** As it is written in a register, without the dots and dashes that people write. */
const plain = (number: string): string => number.replace(/[^0-9a-z]/gi, '').toUpperCase();

const pseudonymBy = (key: Key, number: string): string =>
  `${key.id}:${createHmac('sha256', pseudonymKey(key)).update(plain(number)).digest('base64url')}`;

/**
 * Stands for the number of a person or organisation where the number itself may not stand: the same for the same number,
 * another at each tenant, and nobody's once the keys of the tenant are forgotten.
 */
export const pseudonymOf = (number: string, keys: KeyRing): string => pseudonymBy(keys[0], number);

/** The pseudonyms a number has had under each key of the tenant, the current one first: what to look for. */
export const pseudonymsOf = (number: string, keys: KeyRing): string[] =>
  keys.map((key) => pseudonymBy(key, number));
