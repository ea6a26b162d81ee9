import { randomBytes } from 'node:crypto';
import { open, seal, type Key, type KeyRing } from '#runtime/keys.js';

/** What a data key is for; part of the AAD, so that one cannot stand in for the other. */
export type KeyPurpose = 'body-key' | 'secret-key';

const placeOf = (tenant: string, purpose: KeyPurpose): string => `tenant|${tenant}|${purpose}`;

const lineOf = ({ id, bytes }: Key): string => `${id}:${bytes.toString('base64')}`;

const keyOf = (line: string): Key => {
  const [id = '', encoded = ''] = line.split(':');
  return { id, bytes: Buffer.from(encoded, 'base64') };
};

/** A tenant's first data key. */
export const newDataKeys = (): KeyRing => [{ id: 'k1', bytes: randomBytes(32) }];

/** Wraps a tenant's data keys with a key of the deployment, as the columns `body_key` and `secret_key` hold them. */
export const wrapKeys = (
  keys: KeyRing,
  kek: KeyRing,
  place: { readonly tenant: string; readonly purpose: KeyPurpose },
): Buffer =>
  seal(Buffer.from(keys.map(lineOf).join('\n'), 'utf8'), kek, placeOf(place.tenant, place.purpose));

/** Opposite of `wrapKeys`. Throws `SealBroken` where the deployment has not the key, or the bytes are another tenant's. */
export const unwrapKeys = (
  wrapped: Buffer,
  kek: KeyRing,
  place: { readonly tenant: string; readonly purpose: KeyPurpose },
): KeyRing => {
  const plain = open(wrapped, kek, placeOf(place.tenant, place.purpose)).toString('utf8');
  const [first = '', ...rest] = plain.split('\n');
  return [keyOf(first), ...rest.map(keyOf)];
};
