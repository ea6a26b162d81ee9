import type { Json } from '#kit/message.js';
import { open, seal, type KeyRing } from '#runtime/keys.js';

/** Where something is kept: for one thing in one system of one tenant. */
interface KeptPlace {
  readonly tenant: string;
  readonly target: string;
  readonly subject: string;
}

/** Moved to another thing, system or tenant it does not open. */
const placeOf = ({ tenant, target, subject }: KeptPlace): string =>
  JSON.stringify([tenant, target, subject, 'kept']);

export const sealKept = (place: KeptPlace, value: Json, keys: KeyRing): Buffer =>
  seal(Buffer.from(JSON.stringify(value), 'utf8'), keys, placeOf(place));

/** Opposite of `sealKept`. Throws `SealBroken`. */
export const unsealKept = (place: KeptPlace, sealed: Buffer, keys: KeyRing): Json =>
  JSON.parse(open(sealed, keys, placeOf(place)).toString('utf8')) as Json;
