import { createHmac, hkdfSync } from 'node:crypto';
import { open, seal, type Key, type KeyRing } from '#runtime/keys.js';
import { openSealedTo, sealedTo, sealTo } from '#runtime/sealing.js';

/** Where a secret stands. */
interface Place {
  readonly tenant: string;
  readonly name: string;
  readonly version: number;
}

/** AAD of a stored secret: bytes of another tenant, name or version do not open in its place. */
const placeOf = ({ tenant, name, version }: Place): string => `${tenant}|${name}|${version}`;

/** Seals a secret for its place with the secret key of its tenant. */
export const sealSecret = (value: string, keys: KeyRing, place: Place): Buffer =>
  seal(Buffer.from(value, 'utf8'), keys, placeOf(place));

/** Seals a secret for its place where nobody has a key that opens it: only the secret key of the deployment does. */
export const sealSecretTo = (value: string, to: Key, place: Place): Buffer =>
  sealTo(Buffer.from(value, 'utf8'), to, placeOf(place));

/** What opens secrets: the keys of the tenant, null where it has none yet, and those of the deployment. */
export interface SecretKeys {
  readonly secretKeys: KeyRing | null;
  readonly secretKek: KeyRing;
}

/** The value of a stored secret, however it was sealed. Throws `SealBroken`. */
export const openSecret = (
  row: Place & { readonly sealed: Buffer },
  { secretKeys, secretKek }: SecretKeys,
): string => {
  if (sealedTo(row.sealed) !== null)
    return openSealedTo(row.sealed, secretKek, placeOf(row)).toString('utf8');
  if (!secretKeys) throw new Error(`the keys of tenant ${row.tenant} were forgotten`);
  return open(row.sealed, secretKeys, placeOf(row)).toString('utf8');
};

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
