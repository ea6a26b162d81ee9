import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { KeyRing } from '#runtime/keys.js';
import { pseudonymInIri, pseudonymOf, pseudonymsOf } from './pseudonym.js';

const ring = (id: string): KeyRing => [{ id, bytes: randomBytes(32) }];
const aalter = ring('k1');
const insz = '85650112345';

it('is the same for one number however it is written, and does not tell it', () => {
  expect(pseudonymOf('85.65.01-123.45', aalter)).toBe(pseudonymOf(insz, aalter));
  expect(pseudonymOf(insz, aalter)).toMatch(/^k1:[\w-]{43}$/);
  expect(pseudonymOf(insz, aalter)).not.toContain(insz);
});

it('is another for another number, and for the same number at another tenant', () => {
  const all = [
    pseudonymOf(insz, aalter),
    pseudonymOf('85650112346', aalter),
    pseudonymOf(insz, ring('k1')),
  ];
  expect(new Set(all).size).toBe(3);
});

it('is found again after the keys of the tenant were turned over', () => {
  const turned: KeyRing = [...ring('k2'), ...aalter];
  expect(pseudonymsOf(insz, turned)).toContain(pseudonymOf(insz, aalter));
  expect(pseudonymsOf(insz, turned)[0]).toBe(pseudonymOf(insz, turned));
});

it('is another in an IRI, which stays the same after the keys were turned over', () => {
  const inIri = pseudonymInIri(insz, aalter);
  expect(pseudonymInIri(insz, [...ring('k2'), ...aalter])).toBe(inIri);
  expect(inIri).toMatch(/^[0-9a-f]{64}$/);
  const registered = pseudonymOf(insz, aalter).replace(/^k1:/, '');
  expect(Buffer.from(registered, 'base64url').toString('hex')).not.toBe(inIri);
});
