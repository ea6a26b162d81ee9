import { createHmac, hkdfSync } from 'node:crypto';
import type { Key, KeyRing } from '#runtime/keys.js';

/** What a pseudonym is for: one of the register says nothing about one in an IRI. */
type Purpose = 'register' | 'iri';

const derived: Readonly<Record<Purpose, WeakMap<Key, Buffer>>> = {
  register: new WeakMap(),
  iri: new WeakMap(),
};

/** A key of its own for each data key and purpose: who has a pseudonym and a body learns nothing of either key. */
const pseudonymKey = (purpose: Purpose, key: Key): Buffer => {
  const known = derived[purpose].get(key);
  if (known) return known;
  const made = Buffer.from(hkdfSync('sha256', key.bytes, '', `lb-bus pseudonym ${purpose}`, 32));
  derived[purpose].set(key, made);
  return made;
};

/** As it is written in a register, without the dots and dashes that people write. */
const plain = (number: string): string => number.replace(/[^0-9a-z]/gi, '').toUpperCase();

const digestBy = (purpose: Purpose, key: Key, number: string): Buffer =>
  createHmac('sha256', pseudonymKey(purpose, key)).update(plain(number)).digest();

/**
 * Stands in the register for the number of a person or organisation: the same for the same number, another at each tenant,
 * and nobody's once the keys of the tenant are forgotten.
 */
export const pseudonymOf = (number: string, [key]: KeyRing): string =>
  `${key.id}:${digestBy('register', key, number).toString('base64url')}`;

/** The pseudonyms that a number has had in the register under each key of the tenant: what to look for. */
export const pseudonymsOf = (number: string, keys: KeyRing): string[] =>
  keys.map((key) => pseudonymOf(number, [key]));

/** Stands for a number in an IRI, in hexadecimals, in which no number stands by chance. It stays the same when the keys of the tenant are turned over, as long as the first is kept. */
export const pseudonymInIri = (number: string, keys: KeyRing): string =>
  digestBy('iri', keys.at(-1) ?? keys[0], number).toString('hex');
