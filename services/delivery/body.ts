import type { Envelope } from '#bus/envelope.js';
import type { Json } from '#kit/message.js';
import { open, seal, type KeyRing } from '#runtime/keys.js';

type Named = Pick<Envelope, 'tenant' | 'id'>;

/** A message's body is bound to tenant and bus id: moved to another message it does not open. */
const placeOf = ({ tenant, id }: Named): string => `${tenant}|${id}`;
const placeOfAnswer = ({ tenant, id }: Named): string => `${tenant}|${id}|answer`;

const parse = (plain: Buffer): Record<string, Json> =>
  JSON.parse(plain.toString('utf8')) as Record<string, Json>;
const text = (event: Record<string, Json>): Buffer => Buffer.from(JSON.stringify(event), 'utf8');

/** The CloudEvent in a sealed body. Throws `SealBroken`. */
export const unsealEvent = (of: Named, body: Buffer, keys: KeyRing): Record<string, Json> =>
  parse(open(body, keys, placeOf(of)));

export const sealEvent = (of: Named, event: Record<string, Json>, keys: KeyRing): Buffer =>
  seal(text(event), keys, placeOf(of));

/** The answer is kept with the effect of the message that it answers. */
export const sealAnswer = (of: Named, event: Record<string, Json>, keys: KeyRing): Buffer =>
  seal(text(event), keys, placeOfAnswer(of));

export const unsealAnswer = (of: Named, sealed: Buffer, keys: KeyRing): Record<string, Json> =>
  parse(open(sealed, keys, placeOfAnswer(of)));
