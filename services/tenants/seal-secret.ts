import { createHmac, hkdfSync } from 'node:crypto';
import { seal, type KeyRing } from '#runtime/keys.js';

/** AAD of a stored secret: bytes of another tenant, name or version do not open in its place. */
export const placeOfSecret = (tenant: string, name: string, version: number): string =>
  `${tenant}|${name}|${version}`;

/** Seals a secret for its place. */
export const sealSecret = (
  value: string,
  keys: KeyRing,
  place: { readonly tenant: string; readonly name: string; readonly version: number },
): Buffer =>
  seal(Buffer.from(value, 'utf8'), keys, placeOfSecret(place.tenant, place.name, place.version));

/**
 * Keyed hash of a secret, by which "diff" sees that it is still the same without opening it. The key is derived from
 * the tenant's secret key, so that equal secrets of two tenants do not look alike and none can be guessed without it.
 */
export const fingerprintOf = (value: string, keys: KeyRing, name: string): Buffer => {
  const key = Buffer.from(hkdfSync('sha256', keys[0].bytes, '', 'lb-bus secret fingerprint', 32));
  return createHmac('sha256', key)
    .update(JSON.stringify([name, value]))
    .digest();
};
